import type { Response } from 'express';

/** Calls `act` when the answer was sent or the caller has gone; at once if that has happened already. */
export function whenClosed(response: Response, act: () => void): void {
  if (response.destroyed) act();
  else response.once('close', act);
}
