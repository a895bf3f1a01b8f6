import { OutcomeUnknown, StoreBusy, StoreTroubled } from '../store.ts';

const LOCK_NOT_AVAILABLE = '55P03';
const DISK_FULL = '53100';
/** A standby, or a database set to be read only. */
const READ_ONLY = '25006';

/** Raised by our function require_rows. */
const MISSING_ROWS = 'JS001';

/**
 * SQLSTATEs after which the same work may succeed: serialization failure, deadlock,
 * and a unique violation, which is how two first uses of one key meet (the second run finds the first's row).
 */
const TRY_AGAIN = new Set(['40001', '40P01', '23505']);

export function mayTryAgain(error: unknown): boolean {
  return TRY_AGAIN.has(stateOf(error) ?? '');
}

export function isUniqueViolation(error: unknown): boolean {
  return stateOf(error) === '23505';
}

/** True when rows that were to be changed are not stored as they were read. */
export function isMissingRows(error: unknown): boolean {
  return stateOf(error) === MISSING_ROWS;
}

/** Connection exceptions (08…), shutdown (57P…), idle too long (25P03), out of resources (53…), or a socket error without a SQLSTATE. */
export function isBroken(error: unknown): boolean {
  if (error instanceof StoreBusy || error instanceof OutcomeUnknown) return true;
  const state = stateOf(error);
  if (state) return /^(08|57P|25P03|53)/.test(state);
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    const { code } = inner as Error & { code?: unknown };
    if (typeof code === 'string' && /^E(CONN|PIPE|TIMEDOUT|HOST|NET)/.test(code)) return true;
    if (/^Connection (?:terminated|ended)|connection error|^Query read timeout/.test(inner.message))
      return true;
  }
  return false;
}

/** Turns an error into StoreBusy if the caller can only come again; any other error stays the same. */
export function asBusyWhenBroken(error: unknown): unknown {
  if (error instanceof StoreBusy || error instanceof OutcomeUnknown) return error;
  if (stateOf(error) === LOCK_NOT_AVAILABLE)
    return new StoreBusy('a lock was not to be had', { cause: error });
  if (stateOf(error) === DISK_FULL) return new StoreTroubled('full', { cause: error });
  if (stateOf(error) === READ_ONLY) return new StoreTroubled('readonly', { cause: error });
  if (!isBroken(error)) return error;
  return new StoreBusy('the connection to the database was lost', { cause: error });
}

/**
 * drizzle wraps the driver's error, and the SQLSTATE is on the innermost one. No SQLSTATE begins with E, so EPIPE
 * is none.
 */
function stateOf(error: unknown): string | undefined {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    const { code } = inner as Error & { code?: unknown };
    if (typeof code === 'string' && /^[0-9A-DF-Z][0-9A-Z]{4}$/.test(code)) return code;
  }
  return undefined;
}
