/**
 * Every error a caller can meet, by stable code. One code travels from the database to the sentence on the screen
 * (shared/words.ts). Kinds: `retry` — the same request may succeed later; `refused` — a rule says no; `bug` — ours.
 * `moved` answers the question people ask first: did points move? `unknown` means: ask again with the same
 * idempotency key.
 */

export type ErrorKind = 'retry' | 'refused' | 'bug';

export interface ErrorSpec {
  readonly status: number;
  readonly kind: ErrorKind;
  readonly moved?: 'no' | 'unknown';
}
