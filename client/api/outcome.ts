import type { ErrorKind } from '../../shared/error-spec.ts';

/**
 * The outcome of a call. `problem`: the server answered and said no. `unknown`: no answer came; a write may or may
 * not have happened, and is safe to send again with the same key.
 */
export type Outcome<T> =
  | { readonly kind: 'answer'; readonly data: T; readonly filename: string | null }
  | { readonly kind: 'problem'; readonly problem: ApiProblem }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason };

export type UnknownReason = 'unreachable' | 'timeout';

/** A problem document (RFC 9457): the server's own words, in the language of the page. */
export interface ApiProblem {
  readonly status: number;
  readonly code: string;
  readonly kind: ErrorKind;
  /** Whether points moved; null where the question does not arise. */
  readonly moved: 'no' | 'unknown' | null;
  readonly title: string;
  readonly detail: string;
  readonly params: Readonly<Record<string, string | number>>;
  /** Fields that are wrong, by path: `village.name`. */
  readonly fields: Readonly<Record<string, string>>;
}

/** Any outcome but an answer: what a screen shows as a failure. */
export type Failure = Exclude<Outcome<never>, { kind: 'answer' }>;

/** True where sending the very same thing again, with the same key, is the right thing to do. */
export function mayRetry(failure: Failure): boolean {
  return failure.kind === 'unknown' || failure.problem.kind === 'retry';
}

/** Reads a problem document; anything else becomes a problem of ours, so that a caller never sees less. */
export function readProblem(status: number, body: unknown): ApiProblem {
  const record = isRecord(body) ? body : {};
  const code = typeof record.code === 'string' ? record.code : status >= 500 ? 'server.busy' : 'server.bug';
  return {
    status,
    code,
    kind: isKind(record.kind) ? record.kind : likelyKind(status, body),
    moved: record.moved === 'no' || record.moved === 'unknown' ? record.moved : null,
    title: text(record.title),
    detail: text(record.detail),
    params: readParams(record.params),
    fields: readFields(record.errors),
  };
}

/** The kind of an answer that names none: the server's own name for it. */
function likelyKind(status: number, body: unknown): ErrorKind {
  if (status >= 500) return 'retry';
  return isRecord(body) && typeof body.code === 'string' ? 'refused' : 'bug';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isKind(value: unknown): value is ErrorKind {
  return value === 'retry' || value === 'refused' || value === 'bug';
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function readParams(value: unknown): Record<string, string | number> {
  if (!isRecord(value)) return {};
  const pairs = Object.entries(value).filter(
    (pair): pair is [string, string | number] => typeof pair[1] === 'string' || typeof pair[1] === 'number',
  );
  return Object.assign({}, ...pairs.map(([name, figure]) => ({ [name]: figure }))) as Record<
    string,
    string | number
  >;
}

/** `errors: [{ path: 'body.village.name', message }]`, by the path within the body. */
function readFields(value: unknown): Record<string, string> {
  if (!Array.isArray(value)) return {};
  const fields = value
    .filter(isRecord)
    .map(({ path, message }) => ({ [text(path).replace(/^body\./, '')]: text(message) }));
  return Object.assign({}, ...fields) as Record<string, string>;
}
