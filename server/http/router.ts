import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import { OPERATIONS } from '../../shared/contract.ts';
import { type ErrorCode, Refusal } from '../../shared/errors.ts';
import { faultOf } from '../redact-error.ts';
import { entering, letIn } from './admit.ts';
import { answer } from './handle-request.ts';
import { noteOf, sendProblem } from './request-note.ts';
import { discard } from './downloads.ts';
import type { AnyHandler, Endpoint, Kernel, KernelOptions } from './kernel-options.ts';
import { refusalOf } from './problems.ts';
import { receive } from './receive.ts';
import { sendOutcome } from './send-outcome.ts';

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

type Run = (request: Request, response: Response) => Promise<void>;

/** The endpoints that have a handler, and the function that answers each. */
export type Runs = readonly (readonly [endpoint: Endpoint, run: Run])[];

export function runsOf(kernel: Kernel, handlers: KernelOptions['handlers']): Runs {
  return endpoints().flatMap((endpoint) => {
    const handler = handlers[endpoint.id] as AnyHandler | undefined;
    if (!handler) return [];
    return [[endpoint, (request, response) => respond(kernel, endpoint, handler, request, response)]];
  });
}

/** Answers a path without parameters if it comes as the contract writes it. */
export function straightWay(runs: Runs, base: string): RequestHandler {
  const fixed = runs.filter(([{ path }]) => parameters(path) === 0);
  const byPlace = new Map(fixed.map(([{ method, path }, run]) => [`${method} ${base}${path}`, run]));
  return (request, response, next) => {
    const run = byPlace.get(`${request.method} ${request.path}`);
    if (run) run(request, response).catch(next);
    else next();
  };
}

/** Makes one router for each room, so that a request passes a dozen rooms instead of every route. */
export function apiRouter(runs: Runs): Router {
  const api = express.Router();
  for (const [room, inRoom] of byRoom(runs)) {
    const router = express.Router();
    const paths = byPath(inRoom);
    for (const [path, atPath] of paths) {
      const route = router.route(path.slice(room.length) || '/');
      for (const [{ method }, run] of atPath) route[METHODS[method]](run);
    }
    // Registered after all of them, because /imports/:kind (upload) and /imports/:id (read) match the same paths.
    for (const [path] of paths) {
      const alike = inRoom.filter(([endpoint]) => shape(endpoint.path) === shape(path));
      const allow = alike.map(([{ method }]) => method).join(', ');
      router.all(path.slice(room.length) || '/', (request, response) => {
        sendProblem(request, response, new Refusal('request.method', { allow }));
      });
    }
    api.use(room, router);
  }
  return api;
}

const METHODS = { GET: 'get', POST: 'post', PATCH: 'patch' } as const;

/**
 * Answers one request. The caller is authenticated before the body is read, and the deadline starts when the whole
 * body has arrived.
 */
async function respond(
  kernel: Kernel,
  endpoint: Endpoint,
  handler: AnyHandler,
  request: Request,
  response: Response,
): Promise<void> {
  const note = noteOf(request);
  note.route = `${endpoint.method} ${endpoint.path}`;
  note.isRoutine = endpoint.operation.byItself === true && endpoint.method === 'GET';
  const { deadlineMs, longDeadlineMs } = kernel.limits;
  try {
    const came = entering(endpoint, request, kernel.clock());
    const isRead = endpoint.method === 'GET';
    const letting = isRead ? null : letIn(kernel, came);
    const sender =
      letting instanceof Promise ? await beforeDeadline(letting, deadlineMs, 'server.busy') : letting;
    const body = sender && (await receive(kernel, endpoint, sender, request, response));
    const asked = { ...came, nowMs: kernel.clock(), handler, response, sender, body: body ?? undefined };
    const outcome = await beforeDeadline(
      answer(kernel, asked),
      endpoint.operation.slow ? longDeadlineMs : deadlineMs,
      // A late read can be repeated; the outcome of a late write is unknown.
      isRead ? 'server.busy' : 'server.unknown_outcome',
      (unwanted) => {
        if (unwanted.kind === 'file') discard(unwanted.file);
      },
    );
    await sendOutcome(kernel, endpoint.operation, request, response, outcome);
  } catch (error) {
    if (refusalOf(error).code === 'server.bug')
      kernel.logger.error({ err: faultOf(error), requestId: noteOf(request).requestId }, 'bug');
    sendProblem(request, response, error);
  }
}

/** Refuses work that is late. If it ends afterwards, `onUnwanted` is given its result. */
function beforeDeadline<T>(
  work: Promise<T>,
  deadlineMs: number,
  late: ErrorCode,
  onUnwanted: (value: T) => void = () => undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new Refusal(late));
    }, deadlineMs);
    work
      .then((value) => {
        if (isLate) onUnwanted(value);
        else resolve(value);
      }, reject)
      .finally(() => clearTimeout(timer));
  });
}

function byRoom(all: Runs): Map<string, Runs> {
  return Map.groupBy(all, ([{ path }]) => `/${path.split('/')[1] ?? ''}`);
}

/** Fixed paths before those with a parameter: /households/groups is not the household named groups. */
function byPath(inRoom: Runs): [string, Runs][] {
  const paths = Map.groupBy(inRoom, ([{ path }]) => path);
  return Array.from(paths).sort(([a], [b]) => parameters(a) - parameters(b));
}

/** Paths that differ only in what their parameters are called match the same addresses. */
function shape(path: string): string {
  return path.replace(/:\w+/g, ':');
}

function parameters(path: string): number {
  return path.split(':').length - 1;
}
