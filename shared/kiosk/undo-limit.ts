/** How long a redemption may be undone at the counter, if no other follows on its kiosk. */
export const UNDO_WITHIN_MS = 10 * 60_000;
