#!/usr/bin/env node
/**
 * Takes the README's pictures afresh: looks at every screen as the tests do, and keeps the chosen ones.
 *
 *   node scripts/pictures.mjs
 */
import { copyFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { spawnSync } from 'node:child_process';
import { programOf, root } from './project.mjs';

/** The picture in docs/pictures, and the one among the tests' that it is. */
const chosen = {
  'desk-home': 'desk-home-desk-zh-CN',
  'desk-award': 'desk-award-desk-zh-CN',
  'desk-dashboard': 'desk-dashboard-desk-zh-CN',
  'kiosk-basket': 'kiosk-basket-zh-CN',
  me: 'me-passbook-normal-zh-CN',
  board: 'board-television-zh-CN',
};
const tests = ['screens', 'screens-desk'].map((name) => `tests/e2e/${name}.test.ts`);

const { status } = spawnSync(process.execPath, [programOf('vitest'), 'run', '--project', 'e2e', ...tests], {
  cwd: root,
  env: { ...process.env, JISHAN_PICTURES: '1' },
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);
for (const [name, taken] of Object.entries(chosen)) {
  const kept = join(root, 'docs', 'pictures', `${name}.png`);
  copyFileSync(join(root, 'test-artefacts', `${taken}.png`), kept);
  console.log(`${name}.png ${Math.round(statSync(kept).size / 1000)} kB`);
}
