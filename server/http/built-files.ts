import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type SharedContent, sharedContent } from './shared-content.ts';

/** The files of a folder by their path in it, read and packed once, and again when they were changed. */
export interface BuiltFiles {
  find(path: string): Promise<SharedContent | null>;
}

/** The build gives its files such names. None begins with a dot, so no path leads out of the folder. */
const PATH = /^(?:\/\w[\w.-]*)+$/;
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
};

export function createBuiltFiles(folder: string): BuiltFiles {
  const kept = new Map<string, { readonly version: string; readonly content: Promise<SharedContent> }>();
  return {
    async find(path) {
      if (!PATH.test(path)) return null;
      const file = join(folder, path);
      const version = await versionOf(file);
      if (version === null) return null;
      const found = kept.get(path);
      if (found?.version === version) return found.content;
      const mediaType = MEDIA_TYPES[extname(path)] ?? 'application/octet-stream';
      // Callers who ask meanwhile wait for the same content.
      const content = readFile(file).then((bytes) => sharedContent(bytes, mediaType));
      content.catch(() => kept.delete(path));
      kept.set(path, { version, content });
      return content;
    },
  };
}

/** Changes with the file; null where there is none. */
async function versionOf(file: string): Promise<string | null> {
  try {
    const found = await stat(file);
    return found.isFile() ? `${String(found.mtimeMs)} ${String(found.size)}` : null;
  } catch {
    return null;
  }
}
