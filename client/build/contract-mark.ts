import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const folder = fileURLToPath(new URL('../../shared/', import.meta.url));

/**
 * A mark of everything that pages and server agree upon. A page that keeps an answer keeps the mark beside it, and a later
 * build with another mark does not take that answer for one of its own.
 */
export function contractMark(): Plugin {
  const hash = createHash('sha256');
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
    if (path.endsWith('.ts')) hash.update(readFileSync(join(folder, path)));
  const mark = hash.digest('hex').slice(0, 8);
  return {
    name: 'contract-mark',
    config: () => ({ define: { 'import.meta.env.VITE_CONTRACT': JSON.stringify(mark) } }),
  };
}
