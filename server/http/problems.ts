import { z } from 'zod';
import { OutcomeUnknown, StoreBusy, StoreShut, StoreTroubled, type Trouble } from '../../db/index.ts';
import { errorSpec, Refusal, type ErrorCode, type ErrorParams } from '../../shared/errors.ts';
import type { ErrorKind } from '../../shared/error-spec.ts';
import { errorSentence } from '../../shared/words.ts';
import type { Language } from '../../shared/sentence.ts';

/** A problem document (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  /** Did points move? `unknown`: ask again with the same idempotency key. */
  readonly moved: 'no' | 'unknown';
  readonly params: ErrorParams;
  readonly requestId: string;
  /** For request.invalid: what is wrong, and where (body.village.name). */
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

type Issue = z.core.$ZodIssue;

/** The request does not fit the contract. */
export class InvalidInput extends Error {
  readonly issues: readonly Issue[];

  constructor(issues: readonly Issue[]) {
    super('the request does not fit the contract');
    this.name = 'InvalidInput';
    this.issues = issues;
  }
}

/** An answer of ours does not fit the contract. Names the places, never the values. */
export class ContractBroken extends Error {
  constructor(endpoint: string, issues: readonly Issue[]) {
    const places = issues.slice(0, 5).map((issue) => `${issue.path.join('.')} (${issue.code})`);
    super(`the answer of ${endpoint} does not fit the contract at ${places.join(', ')}`);
    this.name = 'ContractBroken';
  }
}

const TROUBLES = {
  full: 'server.disk_full',
  readonly: 'server.read_only',
  damaged: 'server.damaged',
} as const satisfies Record<Trouble, ErrorCode>;
/** Callers are told to try again after this time: somebody has to see to the server first. */
const TROUBLE_SECONDS = 30;

const ISSUES_MAX = 20;
const wordings = { zh: z.locales.zhCN().localeError, en: z.locales.en().localeError };

/** Gives the refusal that a caller is told for any failure. A failure that nobody expected is a bug of ours. */
export function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof InvalidInput) return new Refusal('request.invalid');
  if (error instanceof StoreShut) return new Refusal('server.restoring');
  if (error instanceof StoreTroubled)
    return new Refusal(TROUBLES[error.trouble], { seconds: TROUBLE_SECONDS });
  if (error instanceof StoreBusy) return new Refusal('server.busy');
  if (error instanceof OutcomeUnknown) return new Refusal('server.unknown_outcome');
  return bodyRefusal(error) ?? new Refusal('server.bug');
}

export function problemOf(error: unknown, requestId: string, language: Language): Problem {
  const { code, params } = refusalOf(error);
  const { status, kind, moved = 'no' } = errorSpec(code);
  const { title, detail } = errorSentence(code, params, language);
  const problem: Problem = {
    type: `urn:jishan:problem:${code}`,
    title,
    status,
    detail,
    code,
    kind,
    moved,
    params,
    requestId,
  };
  if (!(error instanceof InvalidInput)) return problem;
  const errors = error.issues.slice(0, ISSUES_MAX).map((issue) => ({
    path: issue.path.map(String).join('.').slice(0, 200),
    message: sayIssue(issue, language),
  }));
  return { ...problem, errors };
}

function sayIssue(issue: Issue, language: Language): string {
  const said = wordings[language](issue as z.core.$ZodRawIssue);
  return (typeof said === 'string' ? said : said?.message) ?? issue.message;
}

/** Errors that express and its body parsers throw, by their `type`. */
function bodyRefusal(error: unknown): Refusal | null {
  if (error instanceof URIError) return new Refusal('request.invalid');
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null;
  if (error.status < 400 || error.status >= 500) return null;
  if (error.status === 413) {
    const limitKb = 'limit' in error && typeof error.limit === 'number' ? Math.round(error.limit / 1024) : '';
    return new Refusal('request.too_large', { limitKb });
  }
  return new Refusal(error.status === 415 ? 'request.not_json' : 'request.invalid');
}
