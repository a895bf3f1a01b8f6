/** The cards that open a household's account: a code with a check digit, printed as a QR. */
export { type CardInk, freeCardCodes, giveCards, newCard, revokeCards } from './cards.ts';
export { cardsWithCodes, validCards } from './print-list.ts';
export { cardOf } from './valid-card.ts';
