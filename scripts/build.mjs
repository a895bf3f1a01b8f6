#!/usr/bin/env node
/** Builds the screens if they changed: the same build that `npm start` makes. */
import { ensureNode24 } from './node24.mjs';
import { ending } from './say.mjs';

await ending(async () => {
  await ensureNode24(import.meta.url);
  const { ensurePackages } = await import('./packages.mjs');
  const { ensureClientBuilt } = await import('./client-build.mjs');
  await ensurePackages();
  await ensureClientBuilt();
});
