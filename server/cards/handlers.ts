import type { endpoints } from '../../shared/cards/endpoints.ts';
import type { HandlersOf } from '../http/index.ts';
import { cardUrl } from './card-url.ts';
import { listCards, markPrinted } from './print-list.ts';

export interface CardsServices {
  /**
   * The address at which phones reach this server, such as https://jifen.example. Empty: the card's address is
   * relative.
   */
  readonly publicUrl: string;
}

export function cardsHandlers({ publicUrl }: CardsServices): HandlersOf<typeof endpoints> {
  return {
    'cards.list': async ({ query }, { reader, village }) => {
      const found = await listCards(reader, village.id, query);
      return {
        publicUrl: publicUrl === '' ? null : publicUrl,
        items: found.map((card) => ({ ...card, url: cardUrl(publicUrl, card.code) })),
      };
    },

    'cards.markPrinted': async ({ body: { codes } }, { tx, village, nowMs }) => ({
      marked: await markPrinted(tx, village.id, codes, nowMs),
    }),
  };
}
