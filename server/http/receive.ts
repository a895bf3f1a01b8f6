import type { Request, Response } from 'express';
import { Refusal } from '../../shared/errors.ts';
import type { Admitted } from './admit.ts';
import { bodyBytes, readBody } from './body.ts';
import type { Endpoint, Kernel } from './kernel.ts';
import { validate } from './validate.ts';

/** Reads the input of a caller who was let in, whole and as the contract wants it. */
export async function receive(
  kernel: Kernel,
  endpoint: Endpoint,
  caller: Admitted,
  request: Request,
  response: Response,
): Promise<unknown> {
  if (endpoint.method === 'GET') return validate(endpoint, request, undefined);
  holdBody(kernel, endpoint, caller, request, response);
  return validate(endpoint, request, await readBody(request, response, endpoint.operation, kernel.limits));
}

/**
 * Refuses a body for which there is no room beside those under way: one caller cannot fill the memory, and uploads
 * together cannot. The small bodies of anybody are bounded by the number of connections.
 */
function holdBody(
  { bodies, uploads }: Kernel,
  { operation }: Endpoint,
  { actor }: Admitted,
  request: Request,
  response: Response,
): void {
  if (actor.kind === 'public') return;
  const bytes = bodyBytes(request, operation);
  if (bytes === 0) return;
  const ofCaller = bodies.hold(`${actor.kind}:${actor.id}`, bytes);
  const ofAll = operation.bodyType === undefined ? () => undefined : uploads.hold('', bytes);
  whenClosed(response, () => {
    ofCaller?.();
    ofAll?.();
  });
  if (!ofCaller) throw new Refusal('request.too_many', { seconds: 10 });
  if (!ofAll) throw new Refusal('server.busy');
}

/** Does it when the answer is sent or the caller has gone, or now if that was before. */
export function whenClosed(response: Response, act: () => void): void {
  if (response.destroyed) act();
  else response.once('close', act);
}
