import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file that a service worker keeps, in the form that workbox-precaching reads. */
export interface KeptFile {
  readonly url: string;
  /** Null where the name itself changes with the content. */
  readonly revision: string | null;
  /** The browser refuses a file with other bytes: a worker takes all files of its build, or none. */
  readonly integrity: string;
}

/** Faces that open without the server. */
export const KEPT_FACES = ['kiosk', 'me'] as const;
export type KeptFace = (typeof KEPT_FACES)[number];

/** Icons that a web manifest names are left out: the browser fetches them itself, when the page is installed. */
const TEXTS = /\.(?:html|js|css)$/;
const HASHED = /^assets\/|-[\w-]{8}\.js$/;
/** A household's phone keeps the drawings that it has shown, the shop's kiosk all of them. */
const KEEPS_DRAWINGS: ReadonlySet<KeptFace> = new Set(['kiosk']);

/**
 * Everything that a face may load from a build: its page, what that names, what those name, and so on. A name in a
 * text is enough, so scripts of web workers and compiled code are found too, which Vite's manifests leave out.
 */
export function keptFiles(dist: string, face: KeptFace): KeptFile[] {
  const all = filesUnder(dist);
  const found = new Set([`${face}/index.html`]);
  for (const file of found) {
    if (!TEXTS.test(file)) continue;
    const text = readFileSync(join(dist, file), 'utf8');
    for (const other of all) if (mayKeep(other, face) && text.includes(markOf(other))) found.add(other);
  }
  return [...found].sort().map((file) => keptFile(dist, file));
}

function mayKeep(file: string, face: KeptFace): boolean {
  if (file.endsWith('/worker.js')) return false;
  return isDrawing(file) ? KEEPS_DRAWINGS.has(face) && file.endsWith('.svg') : true;
}

/** A hashed name is found wherever it stands; drawings by their folder; all other files by their whole address. */
function markOf(file: string): string {
  const [, folder = '', name = ''] = /^(.*\/)?([^/]+)$/.exec(file) ?? [];
  if (isDrawing(file)) return folder;
  return folder === 'assets/' ? name : `/${file}`;
}

function isDrawing(file: string): boolean {
  return file.startsWith('assets/drawings-');
}

function keptFile(dist: string, file: string): KeptFile {
  const digest = createHash('sha256')
    .update(readFileSync(join(dist, file)))
    .digest();
  return {
    url: `/${file}`,
    revision: HASHED.test(file) ? null : digest.toString('hex').slice(0, 12),
    integrity: `sha256-${digest.toString('base64')}`,
  };
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((file) => !file.startsWith('.'));
}
