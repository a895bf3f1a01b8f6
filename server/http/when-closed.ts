import type { Response } from 'express';

/** Acts when the answer was sent or the caller has gone; at once if that was before. */
export function whenClosed(response: Response, act: () => void): void {
  if (response.destroyed) act();
  else response.once('close', act);
}
