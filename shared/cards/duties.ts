/**
 * A maker of volunteers and kiosks could hand out goods under an invented name. With cards or PINs of the same person's
 * making nobody else would be needed, so the two duties are two people's.
 */
export const APART_FROM = { 'card.issue': 'kiosk.change' } as const;
