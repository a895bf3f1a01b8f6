import { ERRORS, errorSpec, type ErrorCode } from '../../../shared/errors.ts';
import { errorSentence } from '../../../shared/words.ts';
import { isApart, isForConfirmed, PERMISSIONS } from '../../../shared/permissions.ts';
import type { Role } from '../../../shared/roles.ts';
import type { Endpoint } from '../kernel-options.ts';

/** A write whose answer is kept under its key. */
export function isKeyed({ method, operation }: Endpoint): boolean {
  return method !== 'GET' && operation.idempotent !== false;
}

/** The codes that any request of this kind may get, whatever it is about. */
export function commonCodes(endpoint: Endpoint): ErrorCode[] {
  const { operation, method } = endpoint;
  const roles: readonly Role[] = PERMISSIONS[operation.access];
  const isPublic = roles.includes('public');
  const isKiosk = roles.includes('kiosk') || roles.includes('volunteer');
  const isStaff = !isPublic && !isKiosk && !roles.includes('household');
  const takesInput =
    (operation.params ?? operation.query ?? operation.body ?? operation.bodyType) !== undefined;
  return [
    ...(takesInput || isKeyed(endpoint) ? (['request.invalid'] as const) : []),
    ...(method === 'GET'
      ? []
      : ([
          'request.not_json',
          'request.too_large',
          'request.slow',
          'server.unknown_outcome',
          ...UNWRITABLE,
        ] as const)),
    ...(isKeyed(endpoint) ? (['idempotency.missing', 'idempotency.conflict'] as const) : []),
    ...(isPublic ? [] : (['auth.required', 'auth.session_ended', 'auth.forbidden'] as const)),
    ...(isApart(operation.access) ? (['auth.duties_split'] as const) : []),
    ...(isApart(operation.access) || (method !== 'GET' && isForConfirmed(operation.access))
      ? (['auth.unconfirmed'] as const)
      : []),
    ...(isStaff ? (['auth.expired', 'auth.must_change_password'] as const) : []),
    ...(isKiosk ? (['kiosk.revoked', 'kiosk.shift_over'] as const) : []),
    'request.too_many',
    'server.busy',
    'server.damaged',
    'server.stopping',
    'server.restoring',
    'server.bug',
  ];
}

const UNWRITABLE = ['server.disk_full', 'server.read_only', 'server.clock'] as const;

/** Its own refusals first, then those it shares with all of its kind. */
export function codesOf(endpoint: Endpoint): { readonly own: ErrorCode[]; readonly common: ErrorCode[] } {
  const own = Array.from(new Set(endpoint.operation.errors));
  return { own, common: commonCodes(endpoint).filter((code) => !own.includes(code)) };
}

/** A refusal as a problem document, for show. */
export function problemExample(code: ErrorCode, params: Record<string, number>, language: 'zh' | 'en') {
  const { status, kind, moved = 'no' } = errorSpec(code);
  const sentence = errorSentence(code, params, language);
  return {
    type: `urn:jishan:problem:${code}`,
    ...sentence,
    status,
    code,
    kind,
    moved,
    params,
    requestId: 'x7Qp2a-1k',
  };
}

/** The problem document as JSON Schema. */
export const PROBLEM_SCHEMA = {
  type: 'object' as const,
  description: 'A failure (RFC 9457): what happened, whether points moved, what to do.',
  required: ['type', 'title', 'status', 'detail', 'code', 'kind', 'moved', 'params', 'requestId'],
  properties: {
    type: { type: 'string' as const, format: 'uri', description: 'urn:jishan:problem: and the code' },
    title: { type: 'string' as const, description: 'In a few words, in the language asked for' },
    status: { type: 'integer' as const, description: 'The HTTP status again' },
    detail: { type: 'string' as const, description: 'What happened, whether points moved, what to do' },
    code: { type: 'string' as const, enum: Object.keys(ERRORS), description: 'Stable: programs go by it' },
    kind: {
      type: 'string' as const,
      enum: ['retry', 'refused', 'bug'],
      description: 'retry: the same may succeed later; refused: a rule says no; bug: ours',
    },
    moved: {
      type: 'string' as const,
      enum: ['no', 'unknown'],
      description: 'Did points move? unknown: ask again with the same Idempotency-Key',
    },
    params: {
      type: 'object' as const,
      additionalProperties: { type: ['string' as const, 'number' as const] },
      description: 'The figures of the sentence, such as `missing` in hundredths or `seconds`',
    },
    requestId: { type: 'string' as const, description: 'For the log; also in X-Request-Id' },
    errors: {
      type: 'array' as const,
      description: 'For request.invalid: what is wrong, and where',
      items: {
        type: 'object' as const,
        required: ['path', 'message'],
        properties: {
          path: { type: 'string' as const, description: 'body.village.name' },
          message: { type: 'string' as const },
        },
      },
    },
  },
  examples: [problemExample('ledger.points_short', { missing: 250, balance: 750, needed: 1000 }, 'zh')],
};
