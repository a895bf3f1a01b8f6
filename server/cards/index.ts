/** The cards that open a household's account: a code with a check digit, printed as a QR. */
export { type CardInk, giveCards, revokeCards } from './cards.ts';
