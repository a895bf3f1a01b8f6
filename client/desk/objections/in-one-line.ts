/** Text of a field with several rows as the server keeps it: one line, without spaces around it. */
export function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
