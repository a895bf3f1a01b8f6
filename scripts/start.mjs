#!/usr/bin/env node
/** `npm start` installs and builds what is missing, and then runs the server in this process. */
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ensureNode24 } from './node24.mjs';
import { root } from './project.mjs';
import { ending } from './say.mjs';

await ending(async () => {
  await ensureNode24(import.meta.url);
  const { ensurePackages } = await import('./packages.mjs');
  const { ensureClientBuilt } = await import('./client-build.mjs');
  await ensurePackages();
  await ensureClientBuilt();
  const server = join(root, 'server', 'main.mjs');
  process.argv[1] = server;
  await import(pathToFileURL(server).href);
});
