import { expect, it } from 'vitest';
import { backupHealth } from '../../../client/desk/backups/backup-health.ts';

const HOUR_MS = 3_600_000;

it.each([
  ['never made since three days', null, false, 'bad', 72],
  ['never made since 30 hours', null, false, 'warn', 30],
  ['never made, in a village of ten minutes', null, false, 'waits', 0.2],
  ['never made, where nothing was booked', null, false, 'waits', null],
  ['never made, the first try failed', null, true, 'warn', 0.2],
  ['three hours old', 3, false, 'good'],
  ['three hours old, the last try failed', 3, true, 'warn'],
  ['26 hours old', 26, false, 'good'],
  ['27 hours old', 27, false, 'warn'],
  ['48 hours old', 48, false, 'warn'],
  ['49 hours old', 49, false, 'bad'],
] as const)('a backup %s', (_, hours, hasFailed, health, began: number | null = 900) => {
  const nowMs = Date.UTC(2026, 4, 1);
  const ago = (passed: number | null) => (passed === null ? null : nowMs - passed * HOUR_MS);
  expect(backupHealth({ lastMadeAtMs: ago(hours), beganAtMs: ago(began), hasFailed }, nowMs)).toBe(health);
});
