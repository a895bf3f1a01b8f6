import type { Request, Response } from 'express';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Actor } from './context.ts';
import { languageOf } from './language.ts';
import { problemOf } from './problems.ts';

/** What is noted about a request while it is answered; the log line is made of it, and holds nothing else. */
export interface CallNote {
  readonly requestId: string;
  readonly startedMs: number;
  /** The pattern of the route, never the address itself: addresses hold ids and words people searched for. */
  route: string;
  actor: Actor | null;
  code: ErrorCode | null;
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

/** True when the request came from the server's own machine and no proxy passed it on. */
export function isLocal(request: Request): boolean {
  const { headers, socket } = request;
  if (headers['x-forwarded-for'] ?? headers.forwarded ?? headers['x-real-ip'] ?? headers.via) return false;
  return /^(?:127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '');
}

export function sendJson(
  response: Response,
  status: number,
  body: unknown,
  mediaType = 'application/json',
): void {
  const text = Buffer.from(JSON.stringify(body));
  response.statusCode = status;
  response.setHeader('Content-Type', `${mediaType}; charset=utf-8`);
  response.setHeader('Content-Length', text.length);
  response.end(text);
}

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
  sendJson(response, problem.status, problem, 'application/problem+json');
}
