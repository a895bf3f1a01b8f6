#!/usr/bin/env node
/** `npm run bench` runs all benchmarks (tests/bench/main.ts). */
import { ensureNode24 } from './node24.mjs';
import { ending } from './say.mjs';

await ending(async () => {
  await ensureNode24(import.meta.url);
  const { ensurePackages } = await import('./packages.mjs');
  await ensurePackages();
  const { ensureSystemTools } = await import('./system-tools.mjs');
  await ensureSystemTools();
  const { ensureClientBuilt } = await import('./client-build.mjs');
  await ensureClientBuilt();
  await import('../tests/bench/main.ts');
});
