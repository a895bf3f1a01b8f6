#!/usr/bin/env node
/**
 * How much each face makes a phone or an old PC load, gzipped, from what the build wrote.
 *
 *   node scripts/check-bundle.mjs [DIST_FOLDER]
 *
 * `first` is what the page itself names; `all` adds every piece it may ask for later, but for the catalogue
 * of the other language. What the light faces load beyond the first is held to a few pieces asked for by a tap.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { root } from './project.mjs';

const kilobyte = 1000;
const faces = [
  { name: 'landing', page: 'index.html', firstKb: 60 },
  { name: 'me', page: 'me/index.html', firstKb: 60, allKb: 80, light: true },
  { name: 'board', page: 'board/index.html', firstKb: 60, allKb: 70, light: true },
  { name: 'kiosk', page: 'kiosk/index.html', firstKb: 120 },
  { name: 'desk', page: 'desk/index.html', firstKb: 100 },
];
const otherLanguage = /^en-/;
/** A trace that zod leaves in whatever it is bundled into. */
const zodMark = 'invalid_union';

const dist = resolve(process.argv[2] ?? join(root, 'dist', 'client'));
const problems = [];
for (const face of faces) problems.push(...check(face));
for (const problem of problems) console.log(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

function check(face) {
  const page = join(dist, face.page);
  if (!existsSync(page)) return [`${face.name}: ${face.page} was not built`];
  const html = readFileSync(page, 'utf8');
  const first = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map((match) => match[1]);
  const all = [...reachable(first)].filter((file) => !otherLanguage.test(basename(file)));
  const [firstKb, allKb] = [weigh(first), weigh(all)];
  console.log(`${face.name}: first ${firstKb.toFixed(1)} kB, all ${allKb.toFixed(1)} kB`);
  const found = [];
  if (first.length === 0) found.push(`${face.name}: its page names no script`);
  if (firstKb > face.firstKb) found.push(`${face.name}: first load is over ${face.firstKb} kB`);
  if (allKb > (face.allKb ?? Infinity)) found.push(`${face.name}: all of it is over ${face.allKb} kB`);
  if (face.light && all.some((file) => read(file).includes(zodMark)))
    found.push(`${face.name}: it loads zod`);
  return found;
}

/** What these files name, what those name in turn, and so on. */
function reachable(files) {
  const seen = new Set(files);
  for (const file of seen) {
    if (!file.endsWith('.js')) continue;
    for (const [, name] of read(file).matchAll(/["'`](?:\.\/|\/?assets\/)([\w.-]+\.(?:js|css))["'`]/g)) {
      if (existsSync(join(dist, 'assets', name))) seen.add(`assets/${name}`);
    }
  }
  return seen;
}

function read(file) {
  return readFileSync(join(dist, file), 'utf8');
}

function weigh(files) {
  const bytes = files.map((file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length);
  return bytes.reduce((sum, size) => sum + size, 0) / kilobyte;
}
