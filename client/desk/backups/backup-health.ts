const HOUR_MS = 3_600_000;
/** One a day is made: more than a day and a bit means that one was missed, two days that they fail. */
const LATE_MS = 26 * HOUR_MS;
const MISSING_MS = 48 * HOUR_MS;

export type BackupHealth = 'good' | 'warn' | 'bad';

/** How the backups stand: red where none was verified for two days, amber where one was missed or the last try failed. */
export function backupHealth(lastMadeAtMs: number | null, hasFailed: boolean, nowMs: number): BackupHealth {
  if (lastMadeAtMs === null || nowMs - lastMadeAtMs > MISSING_MS) return 'bad';
  return hasFailed || nowMs - lastMadeAtMs > LATE_MS ? 'warn' : 'good';
}
