import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The unit of all sizes: a thousand gzipped bytes, without the overhead of the network. */
export const kilobyte = 1000;

const light = '.vite/light.json';
const office = '.vite/office.json';

/**
 * The faces and their states. In a state the page fetches the named modules by itself, before anybody presses
 * anything (client/me/main.ts).
 */
export const faces = [
  { name: 'landing', page: 'index.html', manifest: light, firstKb: 60 },
  {
    name: 'me',
    page: 'me/index.html',
    manifest: light,
    firstKb: 60,
    allKb: 107,
    light: true,
    // The service worker and all that it fetches are loaded apart, after the page.
    workerKb: 9,
    keptKb: 140,
    states: {
      closed: ['me/pages/OpenPage.vue'],
      open: ['me/pages/HomePage.vue'],
    },
    // The page asks for each of these by itself, after the first view, where the household has something of the kind.
    beside: {
      open: [
        'me/parts/ComingDeeds.vue',
        'me/parts/ChangesList.vue',
        'me/parts/OwnReminders.vue',
        'me/parts/OwnWorkdays.vue',
      ],
    },
  },
  { name: 'board', page: 'board/index.html', manifest: light, firstKb: 60, allKb: 70, light: true },
  { name: 'https', page: 'https/index.html', manifest: light, firstKb: 60, allKb: 60, light: true },
  {
    name: 'kiosk',
    page: 'kiosk/index.html',
    manifest: office,
    firstKb: 120,
    workerKb: 20,
    keptKb: 900,
  },
  { name: 'desk', page: 'desk/index.html', manifest: office, firstKb: 112 },
];

/** The scripts and styles that a face loads first in a state. The build's manifest lists the imports. */
export function firstFiles(dist, faceName, stateName) {
  const face = faces.find(({ name }) => name === faceName);
  const parts = face?.states?.[stateName] ?? [];
  return filesOf(readManifest(dist, face.manifest), [face.page, ...parts], ({ imports }) => imports);
}

/** The scripts and styles that a face may load by itself in a state, after its first ones. */
export function filesBeside(dist, faceName, stateName) {
  const face = faces.find(({ name }) => name === faceName);
  const parts = face?.beside?.[stateName] ?? [];
  const first = new Set(firstFiles(dist, faceName, stateName));
  return filesOf(readManifest(dist, face.manifest), parts, ({ imports }) => imports).filter(
    (file) => !first.has(file),
  );
}

/** All scripts and styles that a face may ever load, except the catalogues of the other language. */
export function allFiles(dist, faceName) {
  return everyFile(dist, faceName, (key) => !/(?:locales\/en|shell\/english)\.ts$/.test(key));
}

/** All scripts and styles that a face may ever load, in either language. */
export function everyFile(dist, faceName, isCounted = () => true) {
  const face = faces.find(({ name }) => name === faceName);
  const manifest = readManifest(dist, face.manifest);
  return filesOf(manifest, [face.page], ({ imports = [], dynamicImports = [] }) =>
    [...imports, ...dynamicImports].filter(isCounted),
  );
}

/** The files in the list of a face's service worker (client/build/service-workers.ts). */
export function filesInWorker(dist, faceName) {
  const path = join(dist, faceName, 'worker.js');
  if (!existsSync(path)) throw new Error('it has no service worker');
  const list = /\[\{"url":.+?\}\]/.exec(readFileSync(path, 'utf8'));
  if (list === null) throw new Error('its service worker has no list of files');
  return JSON.parse(list[0]).map(({ url }) => url.slice(1));
}

function readManifest(dist, name) {
  const path = join(dist, name);
  if (!existsSync(path)) throw new Error(`${name} was not built`);
  return JSON.parse(readFileSync(path, 'utf8'));
}

function filesOf(manifest, keys, follow) {
  const seen = new Set(keys);
  const files = new Set();
  for (const key of seen) {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`${key} is not a file of its own in the build`);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const next of follow(chunk) ?? []) seen.add(next);
  }
  return [...files];
}
