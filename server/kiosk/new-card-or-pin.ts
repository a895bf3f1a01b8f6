import { Refusal } from '../../shared/errors.ts';
import { NEW_FOR_MS } from '../../shared/kiosk/new-for.ts';

/** The household's valid card and its PIN, as far as it matters when they were given out. */
export interface GivenOut {
  readonly card: { readonly issuedAtMs: number; readonly isFirst: boolean } | undefined;
  readonly pinSetAtMs: number | null;
  /** The desk agreed then that it may be used at once; null: it did not. */
  readonly allowedAtMs: number | null;
}

export interface NewSince {
  readonly what: 'card' | 'pin';
  readonly sinceMs: number;
}

/**
 * The card or PIN that the household was given within a day, the later of the two; null: neither. Those of before the books
 * were opened, or of before the desk agreed, are not new, and the card that a household gets when it is added takes no other one's place.
 */
export function newSince(...asked: Parameters<typeof allNew>): NewSince | null {
  return allNew(...asked)[0] ?? null;
}

/** The same with everything that is new, the latest first. */
export function allNew(
  { card, pinSetAtMs, allowedAtMs }: GivenOut,
  { openedAtMs, nowMs }: { readonly openedAtMs: number | null; readonly nowMs: number },
): NewSince[] {
  const isNew = (atMs: number) =>
    openedAtMs !== null && atMs > Math.max(openedAtMs, allowedAtMs ?? 0) && nowMs < atMs + NEW_FOR_MS;
  const found: NewSince[] = [];
  if (card && !card.isFirst && isNew(card.issuedAtMs)) found.push({ what: 'card', sinceMs: card.issuedAtMs });
  if (pinSetAtMs !== null && isNew(pinSetAtMs)) found.push({ what: 'pin', sinceMs: pinSetAtMs });
  return found.sort((a, b) => b.sinceMs - a.sinceMs);
}

/** Says what is new, since when, and for how long it is. */
export function secondNeeded({ what, sinceMs }: NewSince, nowMs: number): Refusal {
  const ago = Math.max(1, Math.floor((nowMs - sinceMs) / 1000));
  const left = Math.ceil((sinceMs + NEW_FOR_MS - nowMs) / 1000);
  return new Refusal('redemption.second_needed', { what, ago, left });
}
