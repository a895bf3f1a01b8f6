import type { EndpointId } from '../../../../shared/endpoints.ts';
import type { ErrorCode } from '../../../../shared/errors.ts';

/** The caller of an example. An earlier example opened each one's log-in (SPEAKERS). */
export type Speaker = 'admin' | 'committee' | 'approver' | 'supervisor' | 'kiosk' | 'volunteer' | 'household';

/**
 * One call as somebody would make it. A value `$name.path` stands for what the example of that name was answered:
 * `$wang.id`, `$batch.ids.0`. The examples are one story and run in their order.
 */
export interface Example {
  readonly name: string;
  readonly id: EndpointId;
  readonly as?: Speaker;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly body?: unknown;
  /** A body that is not JSON: a file of this name; `of` is what the example of that name was given. */
  readonly file?: {
    readonly name: string;
    readonly text?: string;
    readonly base64?: string;
    readonly of?: string;
  };
  /** The refusal that it shows, if it is refused. */
  readonly refused?: ErrorCode;
  /** Played on a server of its own. Only the shape of its answer is the same each time. */
  readonly alone?: true;
}

/** An answer as recorded: JSON, a problem document, or the beginning of a file. */
export interface RecordedAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly file?: { readonly mediaType: string; readonly name: string; readonly begins: string };
}

export type RecordedAnswers = Readonly<Record<string, RecordedAnswer>>;

/** The example whose answer holds each speaker's token, and where in it. */
export const SPEAKERS: Readonly<Record<Speaker, string>> = {
  admin: '$setup.accessToken',
  committee: '$first-log-in.accessToken',
  approver: '$log-in-approver.accessToken',
  supervisor: '$log-in-supervisor.accessToken',
  kiosk: '$paired.deviceToken',
  volunteer: '$shift.shiftToken',
  household: '$phone.token',
};

/** Puts in what `$name.path` stands for, however deep. */
export function resolve(value: unknown, answers: RecordedAnswers): unknown {
  if (typeof value === 'string') return value.startsWith('$') ? lookUp(value, answers) : value;
  if (Array.isArray(value)) return value.map((inner) => resolve(inner, answers));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, resolve(inner, answers)]));
}

function lookUp(reference: string, answers: RecordedAnswers): unknown {
  const [name = '', ...path] = reference.slice(1).split('.');
  const found = path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[step] : undefined,
    answers[name]?.body,
  );
  if (found === undefined) throw new Error(`no example was answered ${reference}`);
  return found;
}

/** Loads the examples of a module's endpoints when the description is asked for. */
export type LoadExamples = () => Promise<readonly Example[]>;
