/** A page says it to the worker of a newer build: from now on that one serves all pages of the face. */
export const TAKE_OVER = 'take-over';
