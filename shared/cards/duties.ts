/**
 * Whoever makes volunteers and kiosks could hand out goods under an invented name. With a card or PIN of his own making
 * he would need nobody else, so the two duties are two people's.
 */
export const APART_FROM = { 'card.issue': 'kiosk.change' } as const;
