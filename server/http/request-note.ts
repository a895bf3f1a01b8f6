import type { Request, Response } from 'express';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Actor } from './context.ts';
import { languageOf } from './language.ts';
import { problemOf } from './problems.ts';

/** Notes about a request while it is answered. The log line is made of them, and holds nothing else. */
export interface CallNote {
  readonly requestId: string;
  readonly startedMs: number;
  /** The pattern of the route, never the address itself: addresses hold ids and words people searched for. */
  route: string;
  actor: Actor | null;
  code: ErrorCode | null;
  /** A read that devices ask again and again by themselves. */
  isRoutine?: boolean;
}

const notes = new WeakMap<Request, CallNote>();

export function beginCall(request: Request, note: CallNote): void {
  notes.set(request, note);
}

export function noteOf(request: Request): CallNote {
  const note = notes.get(request);
  if (!note) throw new Error('a request was answered that was never begun');
  return note;
}

const PASSED_ON = /^(?:x-forwarded-.*|forwarded|x-real-ip|via)$/;
const OWN_ADDRESS = /^(?:127\.|::1$|::ffff:127\.)/;
const OWN_NAME = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/i;

/**
 * True when the request came from the server's own machine, asked for it as such, and no proxy passed it on. The
 * name counts because a page from anywhere can have its own name point here, and because tunnels come from here
 * too; HTTP/1.0 is what proxies speak that name themselves in no header.
 */
export function isLocal({ headers, socket, httpVersion }: Request): boolean {
  if (httpVersion === '1.0' || Object.keys(headers).some((name) => PASSED_ON.test(name))) return false;
  return OWN_ADDRESS.test(socket.remoteAddress ?? '') && OWN_NAME.test(headers.host ?? '');
}

export const JSON_TYPE = 'application/json; charset=utf-8';

/** Answers a failure as a problem document, in the caller's language. */
export function sendProblem(request: Request, response: Response, error: unknown): void {
  const note = noteOf(request);
  const problem = problemOf(error, note.requestId, languageOf(request.headers['accept-language']));
  note.code = problem.code;
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { params } = problem;
  if (problem.kind === 'retry')
    response.setHeader('Retry-After', typeof params.seconds === 'number' ? params.seconds : 1);
  if (typeof params.allow === 'string') response.setHeader('Allow', params.allow);
  response.setHeader('Vary', 'Accept-Language');
  const bytes = Buffer.from(JSON.stringify(problem));
  response.statusCode = problem.status;
  response.setHeader('Content-Type', 'application/problem+json; charset=utf-8');
  response.setHeader('Content-Length', bytes.length);
  response.end(bytes);
}
