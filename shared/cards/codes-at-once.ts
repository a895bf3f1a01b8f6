/** So many codes are taken out at once; a print run asks for them piece by piece. */
export const CODES_AT_ONCE = 200;
