/** Writes text so that a spreadsheet reads it correctly. */

/** Without the mark, Excel reads UTF-8 in the system's own encoding. */
export const BYTE_ORDER_MARK = '\ufeff';

/** Text that a spreadsheet cannot take for a formula, in any width of its first character. */
export function csvCell(text: string): string {
  const safe = /^[\s]*[=+\-@＝＋－＠]|^[\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvLine(cells: readonly string[]): string {
  return `${cells.join(',')}\r\n`;
}
