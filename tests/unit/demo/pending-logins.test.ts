import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pendingLogins } from '../../../server/demo/logins.ts';

const LOGINS = { staff: [], kioskPairingCode: '12345678', volunteer: { name: '', pin: '' }, households: [] };

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'jishan-logins-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

test('whoever comes second to load the demo does not remove the log-ins of the first', () => {
  const first = pendingLogins(dir, 'v');
  const second = pendingLogins(dir, 'v');
  first.write(LOGINS);
  second.discard();
  first.keep();
  expect(readdirSync(dir)).toEqual(['demo-logins.json']);
  expect(JSON.parse(readFileSync(join(dir, 'demo-logins.json'), 'utf8'))).toEqual(LOGINS);
});

test('an attempt that was undone and refused the second time leaves the file somebody else wrote meanwhile', () => {
  const [undone, first] = [pendingLogins(dir, 'v'), pendingLogins(dir, 'v')];
  undone.write({ ...LOGINS, kioskPairingCode: '00000000' });
  first.write(LOGINS);
  undone.beginAttempt();
  undone.discard();
  first.keep();
  expect(JSON.parse(readFileSync(join(dir, 'demo-logins.json'), 'utf8'))).toEqual(LOGINS);
});

test('log-ins of a village that was not made are removed', () => {
  const only = pendingLogins(dir, 'v');
  only.write(LOGINS);
  only.discard();
  expect(readdirSync(dir)).toEqual([]);
});
