import type { endpoints } from '../../shared/cards/endpoints.ts';
import { addressOf } from '../../shared/address/address.ts';
import type { HandlersOf } from '../http/index.ts';
import { cardUrl } from '../../shared/cards/card-url.ts';
import { hasHousehold, listCards, markPrinted } from './print-list.ts';

export interface CardsServices {
  /**
   * The address at which phones reach this server unless the village chose one, such as https://jifen.example. Without
   * any the card's address is relative.
   */
  readonly publicUrl: string;
}

export function cardsHandlers({ publicUrl }: CardsServices): HandlersOf<typeof endpoints> {
  return {
    'cards.list': {
      isThere: async ({ query: { householdId } }, { reader, village }) =>
        householdId === undefined || hasHousehold(reader, village.id, householdId),
      run: async ({ query }, { reader, village }) => {
        const address = addressOf(village.settings, publicUrl);
        const found = await listCards(reader, village.id, query);
        return {
          publicUrl: address || null,
          items: found.map((card) => ({ ...card, url: cardUrl(address, card.code) })),
        };
      },
    },

    'cards.markPrinted': async ({ body: { codes } }, { tx, village, nowMs, act }) => {
      const marked = await markPrinted(tx, village.id, codes, nowMs);
      if (marked > 0) act({ act: 'cards.printed', on: `village:${village.id}`, is: { count: marked } });
      return { marked };
    },
  };
}
