import { cardUrl } from '../../../shared/cards/card-url.ts';
import { CARD_CODE_DIGITS } from '../../../shared/cards/code.ts';
import type { AnswerOf } from '../../api/index.ts';

export type ListedCard = AnswerOf<'cards.list'>['items'][number];

/** A card as it is drawn: with its code and the whole address that its QR opens. */
export interface PrintedCard extends ListedCard {
  readonly code: string;
  readonly address: string;
}

/** The card as it is printed now: its QR leads to the village's address, or to the one this desk was opened at. */
export function printed(card: ListedCard, code: string, origin: string): PrintedCard {
  return { ...card, code, address: cardUrl(origin, code) };
}

/** The card for the screen alone. Its code is none: a valid one never begins with a zero. */
export function sampleOf(card: ListedCard, origin: string): PrintedCard {
  return printed(card, card.lastDigits.padStart(CARD_CODE_DIGITS, '0'), origin);
}

/** Names the cards on paper without their codes. */
export function named(cards: readonly ListedCard[]) {
  return cards.map(({ household, issuedAtMs }) => ({ householdId: household.id, issuedAtMs }));
}

/** The facts about the village and its shop on a card. */
export interface CardVillage {
  readonly name: string;
  readonly shopHours: string;
  readonly shopPhone: string;
  readonly shopPlace: string;
}

type Village = Pick<AnswerOf<'village.get'>, 'name' | 'settings'>;

export function cardVillage({ name, settings: { shopHours, shopPhone, shopPlace } }: Village): CardVillage {
  return { name, shopHours, shopPhone, shopPlace };
}
