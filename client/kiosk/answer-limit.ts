/** The kiosk gives up waiting for an answer after this long: a household stands at the counter. */
export const ANSWER_LIMIT_MS = 8000;
