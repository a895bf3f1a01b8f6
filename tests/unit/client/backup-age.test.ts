import { expect, it } from 'vitest';
import { backupHealth } from '../../../client/desk/backups/backup-health.ts';

const HOUR_MS = 3_600_000;

it.each([
  ['never made', null, false, 'bad'],
  ['three hours old', 3, false, 'good'],
  ['three hours old, the last try failed', 3, true, 'warn'],
  ['26 hours old', 26, false, 'good'],
  ['27 hours old', 27, false, 'warn'],
  ['48 hours old', 48, false, 'warn'],
  ['49 hours old', 49, false, 'bad'],
] as const)('a backup %s', (_, hours, hasFailed, health) => {
  const nowMs = Date.UTC(2026, 4, 1);
  expect(backupHealth(hours === null ? null : nowMs - hours * HOUR_MS, hasFailed, nowMs)).toBe(health);
});
