import type { Failure, Outcome } from '../api/outcome.ts';

/**
 * One intent of a person on its way to the server: its key is minted when the intent begins and stays until it is
 * answered or begun anew on purpose, and its content stays as it was sent until it is known what became of it.
 * Pure: the faces bring the sending, the clock and the disk (use-intent.ts, the kiosk's counter).
 */
export interface Sending<Content> {
  readonly key: string;
  readonly content: Content;
  /** Attempts that ended without settling it. */
  readonly attempts: number;
  /**
   * An attempt under this key may have been booked: it was left without an answer, now or before a reload. Only the
   * answer to this key ends it then. False: it is certain that nothing was booked, and it may be left.
   */
  readonly isUnclear: boolean;
}

export type Settled<T> =
  | { readonly is: 'booked'; readonly data: T }
  /** A rule says no, and nothing was booked: the content may be changed, under the same key. */
  | { readonly is: 'refused'; readonly failure: Failure }
  /** This key booked other content: an earlier sending of it arrived after all. */
  | { readonly is: 'booked_otherwise'; readonly failure: Failure };

export type AfterAttempt<Content, T> =
  Settled<T> | { readonly is: 'open'; readonly sending: Sending<Content>; readonly failure: Failure };

export function firstSending<Content>(key: string, content: Content): Sending<Content> {
  return { key, content, attempts: 0, isUnclear: false };
}

/** A sending found on the disk after a reload: nobody knows whether it reached the server. */
export function interruptedSending<Content>(key: string, content: Content): Sending<Content> {
  return { key, content, attempts: 0, isUnclear: true };
}

/** The sending after an attempt with this outcome. */
export function afterAttempt<Content, T>(
  sending: Sending<Content>,
  outcome: Outcome<T>,
): AfterAttempt<Content, T> {
  if (outcome.kind === 'answer') return { is: 'booked', data: outcome.data };
  const open = (isUnclear: boolean): AfterAttempt<Content, T> => ({
    is: 'open',
    sending: { ...sending, attempts: sending.attempts + 1, isUnclear },
    failure: outcome,
  });
  if (outcome.kind === 'unknown' || outcome.problem.moved !== 'no') return open(true);
  const { kind, code } = outcome.problem;
  if (code === 'idempotency.conflict') return { is: 'booked_otherwise', failure: outcome };
  if (kind === 'retry') return open(sending.isUnclear);
  // The server tells nothing about an earlier attempt to a caller it does not let in.
  if (sending.isUnclear && tellsOnlyWhoAsks(code)) return open(true);
  return { is: 'refused', failure: outcome };
}

/** The pause before the next attempt: 1, 2, 4, then every 5 seconds. */
export function pauseMs({ attempts }: Pick<Sending<unknown>, 'attempts'>): number {
  return Math.min(1000 * 2 ** (attempts - 1), 5000);
}

/** The server refused before it looked at the key: the caller's log-in or shift has ended. */
export function tellsOnlyWhoAsks(code: string): boolean {
  return code.startsWith('auth.') || code === 'kiosk.shift_over' || code === 'kiosk.revoked';
}
