import { checkCards } from './check-book.ts';
import { cardsHandlers } from './handlers.ts';
import { cardsFile } from './personal-file.ts';
import { cardCodes, eraseCards } from './personal.ts';
import { defineModule } from '../define-module.ts';

export const cardsModule = defineModule({
  name: 'cards',
  handlers: cardsHandlers,
  checks: [checkCards],
  textsOf: cardCodes,
  eraseHousehold: (tx, { villageId, id }) => eraseCards(tx, villageId, id),
  personalFile: cardsFile,
});
