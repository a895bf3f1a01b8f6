import type { AnswerOf } from '../../api/index.ts';

export type ListedCard = AnswerOf<'cards.list'>['items'][number];

/** A card as it is printed: with the whole address that its QR opens. */
export interface PrintedCard extends ListedCard {
  readonly address: string;
}

/** The address this desk was opened at stands in for a public address that the server was not told. */
export function printed(card: ListedCard): PrintedCard {
  return { ...card, address: new URL(card.url, location.origin).href };
}

/** A QR made on the server's own machine would lead every phone to itself. */
export function leadsNowhere(address: string): boolean {
  return /^(localhost|127\.|\[::1\])/.test(new URL(address).hostname);
}

/** What a card says about the village and its shop. */
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
