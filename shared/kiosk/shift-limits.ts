/** A volunteer who forgets to sign out is signed out by the clock: the server's, and that of a device that cannot ask it. */
export const SHIFT_LASTS_MS = 12 * 3_600_000;

/** A shift that nobody uses for so long is over: whoever comes to the counter then finds it closed. */
export const SHIFT_IDLE_MS = 30 * 60_000;
