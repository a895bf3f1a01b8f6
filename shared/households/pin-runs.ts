/** Households in one request of a run: about a second of hashing, so that the run shows how far it has come. */
export const PINS_AT_ONCE = 40;

/** Slips taken out in one request: the book tells each household of it. */
export const SLIPS_AT_ONCE = 200;

/** A PIN made in a run can be taken out for so long, once, by the person who made it. */
export const PIN_SLIP_HOURS = 24;
