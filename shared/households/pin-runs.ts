/** Households in one request of a run: about a second of hashing, so that the run shows how far it has come. */
export const PINS_AT_ONCE = 40;

/** A PIN made in a run can be printed for so long, by the person who made it. */
export const PIN_SLIP_HOURS = 24;
