/** A card or PIN is new for so long, and is used with a second volunteer or the desk's agreement. */
export const NEW_FOR_MS = 24 * 60 * 60_000;
