import type { Request, Response } from 'express';
import { Refusal } from '../../shared/errors.ts';
import type { Admitted } from './admit.ts';
import { bodyBytes, readBody } from './body.ts';
import type { Endpoint, Kernel } from './kernel-options.ts';
import { whenClosed } from './when-closed.ts';

/** Reads the whole body of a caller who was admitted. */
export async function receive(
  kernel: Kernel,
  endpoint: Endpoint,
  caller: Admitted,
  request: Request,
  response: Response,
): Promise<unknown> {
  holdBody(kernel, endpoint, caller, request, response);
  return readBody(request, response, endpoint.operation, kernel.limits);
}

/**
 * Refuses a body if the bodies under way leave no room for it, so that neither one caller nor all uploads together
 * can fill the memory. Small bodies of anonymous callers are bounded by the number of connections.
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
