/** A fingerprint in groups of four digits, so that two people can compare it aloud. */
export function inGroups(fingerprint: string): string {
  return (
    fingerprint
      .replaceAll(':', '')
      .toUpperCase()
      .match(/.{1,4}/g) ?? []
  ).join(' ');
}
