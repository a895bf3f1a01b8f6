/** Thousands set apart and a true minus sign, which is read aloud as one: "-1234.5" → "−1,234.5". */
export function grouped(figure: string): string {
  const [whole = '', fraction] = figure.replace('-', '\u2212').split('.');
  const marked = whole.replace(/(\d)(?=(?:\d{3})+$)/g, '$1,');
  return fraction === undefined ? marked : `${marked}.${fraction}`;
}
