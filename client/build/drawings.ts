import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const folder = fileURLToPath(new URL('../drawings/', import.meta.url));

/**
 * The drawings as files of their own, so that a page loads only those it shows. They lie in one folder that is named
 * by their content: a page knows the address of each without a list, and browsers may keep them for good.
 */
export function drawings(): Plugin {
  const files = new Map(readdirSync(folder).flatMap((part) => filesOf(part)));
  const hash = createHash('sha256');
  for (const [name, content] of files) hash.update(name).update(content);
  const place = `assets/drawings-${hash.digest('hex').slice(0, 8)}`;
  return {
    name: 'drawings',
    config: () => ({ define: { 'import.meta.env.VITE_DRAWINGS': JSON.stringify(`/${place}/`) } }),
    generateBundle() {
      // Both halves of the build write into one folder, and the files are the same for both.
      if (this.environment.name !== 'client') return;
      for (const [name, source] of files)
        this.emitFile({ type: 'asset', fileName: `${place}/${name}`, source });
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const found = files.get(request.url?.split(`/${place}/`)[1] ?? '');
        if (found === undefined) next();
        else response.setHeader('Content-Type', 'image/svg+xml').end(found);
      });
    },
  };
}

/** Drawings by others come with their licence. */
function filesOf(part: string): [string, Buffer][] {
  return readdirSync(`${folder}${part}`)
    .sort()
    .map((name) => [
      name.endsWith('.svg') ? name : `${part}-${name}`,
      readFileSync(`${folder}${part}/${name}`),
    ]);
}
