const PREFIX = 'redemption:';

/** The source that entries of a redemption name: itself, its undoing and what comes back of it. */
export function sourceOfRedemption(id: string): string {
  return `${PREFIX}${id}`;
}

/** The redemption that a source names; null: it names none. */
export function redemptionOfSource(source: string | null): string | null {
  return source?.startsWith(PREFIX) === true ? source.slice(PREFIX.length) : null;
}
