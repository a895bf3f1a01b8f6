import type { IncomingMessage } from 'node:http';
import { Refusal } from '../../shared/errors.ts';

/** How long bodies may take to arrive. */
export interface BodyPatience {
  /** For a whole body of JSON, and for an upload before its rate counts. */
  readonly bodyMs: number;
  /** A poor line may be slow: an upload has as long as it takes at this rate, and `bodyMs` more. */
  readonly uploadBytesPerSecond: number;
}

/**
 * Waits for a body that is being read, and refuses it when it is late. Each byte of an upload grants more time. So
 * when the timer ends, the time is computed again, and the body is refused only if none is left.
 */
export function inTime<T>(
  reading: Promise<T>,
  { socket }: IncomingMessage,
  isUpload: boolean,
  { bodyMs, uploadBytesPerSecond }: BodyPatience,
): Promise<T> {
  const before = socket.bytesRead;
  const startedMs = performance.now();
  const msLeft = (): number => {
    const grantedMs = isUpload ? (1000 * (socket.bytesRead - before)) / uploadBytesPerSecond : 0;
    return bodyMs + grantedMs - (performance.now() - startedMs);
  };
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const left = msLeft();
      if (left > 0) timer = setTimeout(look, left);
      else reject(new Refusal('request.slow'));
    };
    let timer = setTimeout(look, bodyMs);
    const settled = (): void => clearTimeout(timer);
    reading.then(resolve, reject).finally(settled);
  });
}
