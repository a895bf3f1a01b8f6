#!/usr/bin/env node
/** `npx jishan …` runs the command line (server/cli), on a fresh clone too. */
import process from 'node:process';
import { ensureNode24 } from './node24.mjs';
import { ending } from './say.mjs';

await ending(async () => {
  await ensureNode24(import.meta.url);
  const { ensurePackages } = await import('./packages.mjs');
  await ensurePackages();
  await import('../server/fast-start.mjs');
  const { run } = await import('../server/cli/main.ts');
  process.exitCode = await run(process.argv.slice(2));
});
