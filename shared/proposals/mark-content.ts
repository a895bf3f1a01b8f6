/**
 * The part of a mark that says what was seen. Behind it stands when it was handed out, and to whom: of two marks with the same
 * content nothing has changed in between.
 */
export function markContent(mark: string): string {
  const end = mark.indexOf('.');
  return end === -1 ? mark : mark.slice(0, end);
}
