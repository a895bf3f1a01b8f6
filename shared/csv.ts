/** Text of ours as a spreadsheet takes it. */

/** Without the mark, Excel takes UTF-8 for the system's own encoding. */
export const BYTE_ORDER_MARK = '\ufeff';

/** Text that a spreadsheet cannot take for a formula, in any width of its first character. */
export function csvCell(text: string): string {
  const safe = /^[\s]*[=+\-@＝＋－＠]|^[\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvLine(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}
