/** The title of a rule without its code in the book: "F1 参加夜校" is 参加夜校 to somebody who reads or hears it. */
export function withoutCode(title: string): string {
  return title.replace(/^[A-Z]\d{1,3}[.、:：]?\s+/, '');
}
