/**
 * `node server/main.mjs [--demo]` starts the server. `fast-start.mjs` must run before everything else is loaded, so
 * `serve.ts` is imported afterwards.
 */
import './fast-start.mjs';

const { serve } = await import('./serve.ts');
await serve();
