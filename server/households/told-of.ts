import type { Household } from '../../shared/households/contract.ts';

/** The part of a household that the book of acts tells of. */
export function toldOf({ number, originalNumber, group, head, size, phone, note, showsName }: Household) {
  return { number, originalNumber, group, head, size, phone, note, showsName };
}

/** The act of a card that the household was given with everything else. */
export function cardOf({ id, card }: Household) {
  if (!card) return [];
  return [{ act: 'cards.issued', on: `household:${id}`, is: { card: card.lastDigits } } as const];
}
