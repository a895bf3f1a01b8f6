import type { endpoints } from '../../shared/cards/endpoints.ts';
import { addressOf } from '../../shared/address/address.ts';
import type { HandlersOf } from '../http/index.ts';
import { cardUrl } from '../../shared/cards/card-url.ts';
import { lastDigits } from '../../shared/cards/code.ts';
import { cardsWithCodes, listCards, markPrinted } from './print-list.ts';

export interface CardsServices {
  /**
   * The address at which phones reach this server unless the village chose one, such as https://jifen.example. Without
   * any the card's address is relative.
   */
  readonly publicUrl: string;
}

export function cardsHandlers({ publicUrl }: CardsServices): HandlersOf<typeof endpoints> {
  return {
    'cards.list': async ({ query }, { reader, village }) => ({
      publicUrl: addressOf(village.settings, publicUrl) || null,
      items: await listCards(reader, village.id, query),
    }),

    'cards.sheet': async ({ body: { householdIds } }, { tx, village, act }) => {
      const address = addressOf(village.settings, publicUrl);
      const found = await cardsWithCodes(tx, village.id, Array.from(new Set(householdIds)));
      const items = Array.from(found, ([householdId, { code, issuedAtMs }]) => {
        act({ act: 'cards.listed', on: `household:${householdId}`, is: { card: lastDigits(code) } });
        return { householdId, issuedAtMs, code, url: cardUrl(address, code) };
      });
      return { items };
    },

    'cards.markPrinted': async ({ body: { cards } }, { tx, village, nowMs, act }) => {
      const marked = await markPrinted(tx, village.id, cards, nowMs);
      if (marked > 0) act({ act: 'cards.printed', on: `village:${village.id}`, is: { count: marked } });
      return { marked };
    },
  };
}
