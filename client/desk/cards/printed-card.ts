import { cardUrl } from '../../../shared/cards/card-url.ts';
import type { AnswerOf } from '../../api/index.ts';

export type ListedCard = AnswerOf<'cards.list'>['items'][number];

/** A card as it is printed: with the whole address that its QR opens. */
export interface PrintedCard extends ListedCard {
  readonly address: string;
}

/** The card as it is printed now: its QR leads to the village's address, or to the one this desk was opened at. */
export function printed(card: ListedCard, origin: string): PrintedCard {
  return { ...card, address: cardUrl(origin, card.code) };
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
