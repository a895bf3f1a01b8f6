const HOUR_MS = 3_600_000;
/** One a day is made: more than a day and a bit means that one was missed, two days that they fail. */
const LATE_MS = 26 * HOUR_MS;
const MISSING_MS = 48 * HOUR_MS;

export type BackupHealth = 'waits' | 'good' | 'warn' | 'bad';

export interface BackupAge {
  readonly lastMadeAtMs: number | null;
  /** When the first entry was booked; null: there is nothing to lose yet. */
  readonly beganAtMs: number | null;
  readonly hasFailed: boolean;
}

/**
 * How the backups stand: red where none was verified for two days, amber where one was missed or the last try failed.
 * A village that has just begun waits for its first one: until that is due nothing is wrong.
 */
export function backupHealth({ lastMadeAtMs, beganAtMs, hasFailed }: BackupAge, nowMs: number): BackupHealth {
  const ageMs = nowMs - (lastMadeAtMs ?? beganAtMs ?? nowMs);
  if (ageMs > MISSING_MS) return 'bad';
  if (hasFailed || ageMs > LATE_MS) return 'warn';
  return lastMadeAtMs === null ? 'waits' : 'good';
}
