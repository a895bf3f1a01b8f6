import { Refusal } from '../../shared/errors.ts';
import { type NewSince, secondNeeded } from './new-card-or-pin.ts';
import type { Recognised } from './presence.ts';

/** The facts that decide whether a household was recognised well enough for its basket. */
export interface RecognitionFacts {
  /** How it was recognised; null: it was not, or not here and now. */
  readonly recognised: Recognised | null;
  /** Its valid card. */
  readonly card: { readonly issuedAtMs: number } | undefined;
  readonly hasPin: boolean;
  /** Whether the household has shown its PIN just now, and took nothing since. */
  readonly isPinProven: boolean;
  /** Hundredths that the household redeemed today, what was undone included. */
  readonly redeemedToday: number;
  /** The volunteers who typed their PINs for this basket and may vouch for the household. */
  readonly vouchers: readonly string[];
  /** The volunteer on duty, who is no second one. */
  readonly onDuty: string;
  /** Hundredths of this month that were handed out because two people vouched. */
  readonly vouchedThisMonth: number;
  /** The household's new card or PIN. */
  readonly newSince: NewSince | null;
}

export interface RecognitionRules {
  /** Above so many points in a day the household's PIN is needed, however many baskets they are; null: never. */
  readonly pinAbove: number | null;
  /** The most that a household without card and PIN may have handed out in a month. 0: two people cannot vouch. */
  readonly vouchedMost: number;
  readonly nowMs: number;
}

/** The way in which a household was recognised, and who vouched for it. `none` is what was handed out without network alone. */
export interface Recognition {
  readonly how: 'card' | 'card_pin' | 'number_pin' | 'vouched' | 'none';
  /** Two volunteers where it was vouched for; the second volunteer where its card or PIN is new; else nobody. */
  readonly vouchers: readonly string[];
}

/** The household stood at the counter, and its card is still the one that was shown. */
export function requirePresence(
  { number }: { readonly number: string },
  { recognised, card }: Pick<RecognitionFacts, 'recognised' | 'card'>,
): Recognised {
  if (recognised === null) throw new Refusal('redemption.absent');
  if (recognised.how === 'card' && card?.issuedAtMs !== recognised.cardIssuedAtMs)
    throw new Refusal('card.revoked', { number });
  return recognised;
}

/**
 * Without the card the household always gives its PIN; if it has none, two volunteers vouch for it up to an amount a month.
 * With a new card or PIN a second volunteer types a PIN too. Refuses with redemption.pin_needed, redemption.vouched_over,
 * redemption.second_needed.
 */
export function requireRecognition(
  points: number,
  { how }: Recognised,
  facts: RecognitionFacts,
  rules: RecognitionRules,
): Recognition {
  const { isPinProven, vouchers } = facts;
  if (how === 'number' && !isPinProven) return vouchedFor(points, facts, rules);
  requirePin(points, facts, rules);
  const recognition = how === 'number' ? 'number_pin' : isPinProven ? 'card_pin' : 'card';
  if (facts.newSince === null) return { how: recognition, vouchers: [] };
  const second = vouchers.find((id) => id !== facts.onDuty);
  if (second === undefined) throw secondNeeded(facts.newSince, rules.nowMs);
  return { how: recognition, vouchers: [second] };
}

/** Two different people say who it is. */
function vouchedFor(
  points: number,
  { hasPin, vouchers, vouchedThisMonth: before }: RecognitionFacts,
  { vouchedMost: most }: RecognitionRules,
): Recognition {
  if (hasPin || most === 0) throw new Refusal('redemption.pin_needed', { what: 'number' });
  const [one, other] = vouchers;
  if (one === undefined || other === undefined) throw new Refusal('redemption.pin_needed', { what: 'vouch' });
  if (before + points > most) throw new Refusal('redemption.vouched_over', { most, before, points });
  return { how: 'vouched', vouchers: [one, other] };
}

/**
 * With the card, the amount without PIN counts by the day: whoever found a card cannot stay under it with many small
 * baskets, nor with baskets that are undone while the goods are gone.
 */
function requirePin(
  points: number,
  { redeemedToday: before, isPinProven }: RecognitionFacts,
  { pinAbove: above }: RecognitionRules,
): void {
  if (isPinProven || above === null || points === 0 || before + points <= above) return;
  throw new Refusal('redemption.pin_needed', { above, ...(before > 0 ? { before } : {}) });
}
