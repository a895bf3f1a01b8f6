/** `node server/main.mjs [--demo]`: the server. What it needs is loaded only after the loading has been made fast. */
import './fast-start.mjs';

const { serve } = await import('./serve.ts');
await serve();
