import express, { type Request, type Response, type Router } from 'express';
import { ENDPOINTS, type EndpointId } from '../../shared/contract/endpoints.ts';
import { OPERATIONS } from '../../shared/contract/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { faultOf } from '../logged-fault.ts';
import { answer, type Outcome } from './answer.ts';
import { sendCached, sendPicture } from './caching.ts';
import { noteOf, sendJson, sendProblem } from './call.ts';
import { discard, sendSpooled } from './downloads.ts';
import type { AnyHandler, Endpoint, Kernel, KernelOptions } from './kernel.ts';
import { refusalOf } from './problems.ts';
import { isSlow } from './slow.ts';

/** Every endpoint of the contract as data. */
export function endpoints(): Endpoint[] {
  return Object.entries(ENDPOINTS).map(([name, place]) => {
    const id = name as EndpointId;
    const space = place.indexOf(' ');
    return {
      id,
      method: place.slice(0, space) as Endpoint['method'],
      path: place.slice(space + 1),
      operation: OPERATIONS[id],
    };
  });
}

/** One router a room, so that a request passes a dozen rooms and not every route. What has no handler is not there. */
export function apiRouter(kernel: Kernel, handlers: KernelOptions['handlers']): Router {
  const api = express.Router();
  const handled = endpoints().filter(({ id }) => handlers[id] !== undefined);
  for (const [room, inRoom] of byRoom(handled)) {
    const router = express.Router();
    const paths = byPath(inRoom);
    for (const [path, atPath] of paths) {
      const route = router.route(path.slice(room.length) || '/');
      for (const endpoint of atPath) {
        const handler = handlers[endpoint.id] as AnyHandler;
        const run = (request: Request, response: Response) =>
          respond(kernel, endpoint, handler, request, response);
        route[METHODS[endpoint.method]](run);
      }
    }
    // After all of them: /imports/:kind takes uploads, /imports/:id answers questions.
    for (const [path] of paths) {
      const alike = inRoom.filter((endpoint) => shape(endpoint.path) === shape(path));
      const allow = alike.map(({ method }) => method).join(', ');
      router.all(path.slice(room.length) || '/', (request, response) => {
        sendProblem(request, response, new Refusal('request.method', { allow }));
      });
    }
    api.use(room, router);
  }
  return api;
}

const METHODS = { GET: 'get', POST: 'post', PATCH: 'patch' } as const;

async function respond(
  kernel: Kernel,
  endpoint: Endpoint,
  handler: AnyHandler,
  request: Request,
  response: Response,
): Promise<void> {
  noteOf(request).route = `${endpoint.method} ${endpoint.path}`;
  try {
    const deadlineMs = isSlow(endpoint.id) ? kernel.limits.longDeadlineMs : kernel.limits.deadlineMs;
    const outcome = await beforeDeadline(
      answer(kernel, endpoint, handler, request, response),
      deadlineMs,
      endpoint,
    );
    await send(kernel, request, response, endpoint, outcome);
  } catch (error) {
    if (refusalOf(error).code === 'server.bug')
      kernel.logger.error({ err: faultOf(error), requestId: noteOf(request).requestId }, 'bug');
    sendProblem(request, response, error);
  }
}

async function send(
  { limits }: Kernel,
  request: Request,
  response: Response,
  { operation }: Endpoint,
  outcome: Outcome,
): Promise<void> {
  if (outcome.kind === 'file') return sendSpooled(response, outcome.file, limits.stalledMs);
  if (outcome.kind === 'picture') {
    sendPicture(request, response, outcome.picture);
    return;
  }
  if (outcome.replayed) response.setHeader('Idempotency-Replayed', 'true');
  if (operation.cache === undefined) sendJson(response, 200, outcome.body);
  else sendCached(request, response, operation.cache, outcome.body);
}

/** Nobody waits for ever. A read that is late can be asked again; of a write that is late the outcome is not known. */
async function beforeDeadline(
  work: Promise<Outcome>,
  deadlineMs: number,
  { method }: Endpoint,
): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), deadlineMs);
  });
  const outcome = await Promise.race([work, late]).finally(() => clearTimeout(timer));
  if (outcome) return outcome;
  void work.then(
    (unwanted) => (unwanted.kind === 'file' ? discard(unwanted.file) : undefined),
    () => undefined,
  );
  throw new Refusal(method === 'GET' ? 'server.busy' : 'server.unknown_outcome');
}

function byRoom(all: readonly Endpoint[]): Map<string, Endpoint[]> {
  return Map.groupBy(all, ({ path }) => `/${path.split('/')[1] ?? ''}`);
}

/** Fixed paths before those with a parameter: /households/groups is not the household named groups. */
function byPath(inRoom: readonly Endpoint[]): [string, Endpoint[]][] {
  const paths = Map.groupBy(inRoom, ({ path }) => path);
  return Array.from(paths).sort(([a], [b]) => parameters(a) - parameters(b));
}

/** Paths that differ only in what their parameters are called match the same addresses. */
function shape(path: string): string {
  return path.replace(/:\w+/g, ':');
}

function parameters(path: string): number {
  return path.split(':').length - 1;
}
