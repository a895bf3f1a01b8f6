import type { Operation, CallInput, Result } from '../../shared/operation.ts';
import { API_BASE } from '../../shared/api-base.ts';
import type { ENDPOINTS, EndpointId } from '../../shared/endpoints.ts';
import type { Operations } from '../../shared/contract.ts';
import { readProblem, type Outcome } from './outcome.ts';

export type { ApiProblem, Failure, Outcome } from './outcome.ts';
export { newKey } from './new-key.ts';
export { mayRetry } from './outcome.ts';

/** Gives the token of a call. `renew` fetches a new one (true: try again with it). */
export interface Auth {
  token(): string | null;
  /** The kind of caller that the token stands for: staff (when left out), a household, or a kiosk. */
  readonly scheme?: 'Bearer' | 'Household' | 'Kiosk';
  /** The volunteer on duty at a kiosk. */
  shift?(): string | null;
  renew?(): Promise<boolean>;
}

export interface ApiOptions {
  /** The method and path of each endpoint: ENDPOINTS, or of them those that a small face asks for. */
  readonly endpoints: Endpoints;
  readonly auth: Auth;
  readonly language: () => string;
  readonly fetch?: typeof fetch;
}

export interface Api {
  call<Id extends EndpointId>(id: Id, ...input: InputArgument<Id>): Promise<Outcome<AnswerOf<Id>>>;
}

export type AnswerOf<Id extends EndpointId> = Result<Operations[Id] & Operation>;
export type BodyOf<Id extends EndpointId> = CallInput<Operations[Id]>['body'];
export type QueryOf<Id extends EndpointId> = CallInput<Operations[Id]>['query'];

type MethodOf<Id extends EndpointId> = (typeof ENDPOINTS)[Id] extends `${infer M} ${string}` ? M : never;

/** Writes that carry an idempotency key. */
export type KeyedId = {
  [Id in EndpointId]: MethodOf<Id> extends 'GET'
    ? never
    : Operations[Id] extends { idempotent: false }
      ? never
      : Id;
}[EndpointId];

interface Limits {
  /** Ends the wait from outside, for example when the screen is left. */
  readonly signal?: AbortSignal;
  /** How long to wait for the answer; 15 s when left out. */
  readonly timeoutMs?: number;
}

type Part<Name extends string, T> = [T] extends [undefined]
  ? unknown
  : Record<string, never> extends T
    ? Readonly<Partial<Record<Name, T>>>
    : Readonly<Record<Name, T>>;
type PathPart<T> = [T] extends [undefined]
  ? unknown
  : { readonly params: { [K in keyof T]: unknown extends T[K] ? string | number : T[K] } };

/** The input of a call: params, query, body as the contract says; `key` for writes. */
export type InputOf<Id extends EndpointId> = PathPart<CallInput<Operations[Id]>['params']> &
  Part<'query', CallInput<Operations[Id]>['query']> &
  Part<'body', CallInput<Operations[Id]>['body']> &
  (Id extends KeyedId ? { readonly key: string } : unknown);

type InputArgument<Id extends EndpointId> =
  object extends InputOf<Id> ? [input?: InputOf<Id> & Limits] : [input: InputOf<Id> & Limits];

type Endpoints = Readonly<Partial<Record<EndpointId, string>>>;

interface LooseInput extends Limits {
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly key?: string;
}

const defaultTimeoutMs = 15_000;

export function createApi({ endpoints, auth, language, fetch: send = fetch }: ApiOptions): Api {
  async function once(id: EndpointId, input: LooseInput): Promise<Outcome<unknown>> {
    const deadline = startDeadline(input.timeoutMs ?? defaultTimeoutMs, input.signal);
    const [method = '', path = ''] = placeOf(endpoints, id).split(' ');
    try {
      const response = await send(addressOf(path, input), {
        method,
        headers: {
          Accept: 'application/json, application/problem+json',
          'Accept-Language': language(),
          ...credentials(auth),
          ...(input.key === undefined ? {} : { 'Idempotency-Key': input.key }),
          ...bodyType(method, input.body),
        },
        body: bodyOf(method, input.body),
        signal: deadline.signal,
        credentials: 'same-origin',
      });
      const outcome = await read(response);
      // Every write with a key is answered in JSON: a page of a network's log-in is no answer of ours.
      const isOurs = outcome.kind !== 'answer' || input.key === undefined || !(outcome.data instanceof Blob);
      return isOurs ? outcome : { kind: 'unknown', reason: 'unreachable' };
    } catch {
      return { kind: 'unknown', reason: deadline.passed() ? 'timeout' : 'unreachable' };
    } finally {
      deadline.stop();
    }
  }

  async function call(id: EndpointId, input: LooseInput = {}): Promise<Outcome<unknown>> {
    const hadToken = auth.token() !== null;
    const first = await once(id, input);
    if (!hadToken || !isLoggedOut(first) || auth.renew === undefined) return first;
    return (await auth.renew()) ? once(id, input) : first;
  }

  return { call: call as Api['call'] };
}

function credentials(auth: Auth): Record<string, string> {
  const token = auth.token();
  if (token === null) return {};
  const shift = auth.shift?.() ?? null;
  const authorization = { Authorization: `${auth.scheme ?? 'Bearer'} ${token}` };
  return shift === null ? authorization : { ...authorization, 'X-Shift': shift };
}

function placeOf(endpoints: Endpoints, id: EndpointId): string {
  const place = endpoints[id];
  if (place === undefined) throw new Error(`this face does not ask for ${id}`);
  return place;
}

function addressOf(template: string, { params = {}, query = {} }: LooseInput): string {
  const path = template.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name] ?? '')),
  );
  const pairs = Object.entries(query).filter(
    ([, value]) => value !== undefined && value !== null && value !== '',
  );
  const search = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString();
  return `${API_BASE}${path}${search === '' ? '' : `?${search}`}`;
}

function bodyType(method: string, body: unknown): Record<string, string> {
  if (body instanceof Uint8Array) return { 'Content-Type': 'application/octet-stream' };
  return method === 'GET' ? {} : { 'Content-Type': 'application/json' };
}

function bodyOf(method: string, body: unknown): BodyInit | undefined {
  if (method === 'GET') return undefined;
  if (body instanceof Uint8Array) return new Blob([new Uint8Array(body)]);
  return JSON.stringify(body ?? {});
}

async function read(response: Response): Promise<Outcome<unknown>> {
  const isJson = /\bjson\b/.test(response.headers.get('Content-Type') ?? '');
  if (!response.ok) {
    return {
      kind: 'problem',
      problem: readProblem(response.status, isJson ? await readJson(response) : null),
    };
  }
  const disposition = response.headers.get('Content-Disposition');
  if (disposition !== null || !isJson) {
    return { kind: 'answer', data: await response.blob(), filename: filenameIn(disposition) };
  }
  return { kind: 'answer', data: await response.json(), filename: null };
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function filenameIn(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  if (encoded !== undefined) return decodeURIComponent(encoded);
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1] ?? null;
}

function isLoggedOut(outcome: Outcome<unknown>): boolean {
  if (outcome.kind !== 'problem') return false;
  return outcome.problem.code === 'auth.expired' || outcome.problem.code === 'auth.required';
}

/** Ends a call when its time is up or when the caller leaves; by hand, for browsers without AbortSignal.timeout. */
function startDeadline(timeoutMs: number, outer: AbortSignal | undefined) {
  const controller = new AbortController();
  const abort = () => controller.abort();
  let passed = false;
  const timer = setTimeout(() => {
    passed = true;
    abort();
  }, timeoutMs);
  if (outer?.aborted) abort();
  outer?.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    passed: () => passed,
    stop() {
      clearTimeout(timer);
      outer?.removeEventListener('abort', abort);
    },
  };
}
