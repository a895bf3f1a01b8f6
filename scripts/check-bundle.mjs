#!/usr/bin/env node
/**
 * Checks the gzipped size of each face's scripts and styles in the built files.
 *
 *   node scripts/check-bundle.mjs [DIST_FOLDER]
 *
 * `first` are the files that a face loads before anybody presses anything, in each of its states. `all` adds every
 * file that it may load later, except the catalogue of the other language. The light faces may load only a few files
 * later, each after a tap. A face that opens without the server has a service worker, which must list every file of the
 * face; it is weighed apart, and so is all that it fetches.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { gzipSync } from 'node:zlib';
import { tooNewFor } from './old-phone-syntax.mjs';
import { allFiles, everyFile, faces, filesInWorker, firstFiles, kilobyte } from './first-load.mjs';
import { root } from './project.mjs';

/** Modules that no light face may load, each with a text that its bundle always contains. */
const tooHeavy = {
  zod: 'invalid_union',
  'the endpoints of every domain': 'POST /imports/:kind',
  'the errors of every domain': 'ledger.points_short',
};

const dist = resolve(process.argv[2] ?? join(root, 'dist', 'client'));
const problems = faces.flatMap(check);
for (const problem of problems) console.log(problem);
process.exitCode = problems.length === 0 ? 0 : 1;

function check(face) {
  try {
    return [...weighFace(face), ...(face.workerKb === undefined ? [] : weighWorker(face))];
  } catch (error) {
    return [`${face.name}: ${error.message}`];
  }
}

function weighFace(face) {
  const all = allFiles(dist, face.name);
  const allKb = weigh(all);
  const found = [];
  for (const state of Object.keys(face.states ?? { '': [] })) {
    const name = state === '' ? face.name : `${face.name} (${state})`;
    const firstKb = weigh(firstFiles(dist, face.name, state));
    console.log(`${name}: first ${firstKb.toFixed(1)} kB, all ${allKb.toFixed(1)} kB`);
    if (firstKb > face.firstKb) found.push(`${name}: first load is over ${face.firstKb} kB`);
  }
  if (allKb > (face.allKb ?? Infinity)) found.push(`${face.name}: all of it is over ${face.allKb} kB`);
  if (!face.light) return found;
  const texts = all.map(read);
  for (const [what, mark] of Object.entries(tooHeavy))
    if (texts.some((text) => text.includes(mark))) found.push(`${face.name}: it loads ${what}`);
  for (const file of all.filter((name) => name.endsWith('.js'))) {
    const tooNew = tooNewFor(read(file));
    if (tooNew !== null) found.push(`${face.name}: an old phone cannot read ${file}: ${tooNew}`);
  }
  return found;
}

function weighWorker({ name, workerKb, keptKb, light }) {
  const worker = `${name}/worker.js`;
  const kept = filesInWorker(dist, name);
  const [own, all] = [weigh([worker]), weigh(kept)];
  console.log(`${name}: worker ${own.toFixed(1)} kB, keeps ${kept.length} files, ${all.toFixed(1)} kB`);
  const found = everyFile(dist, name)
    .filter((file) => !kept.includes(file))
    .map((file) => `${name}: its service worker does not keep ${file}`);
  if (own > workerKb) found.push(`${name}: its service worker is over ${workerKb} kB`);
  if (all > keptKb) found.push(`${name}: what its service worker fetches is over ${keptKb} kB`);
  const tooNew = light ? tooNewFor(read(worker)) : null;
  if (tooNew !== null) found.push(`${name}: an old phone cannot read ${worker}: ${tooNew}`);
  return found;
}

function read(file) {
  return readFileSync(join(dist, file), 'utf8');
}

function weigh(files) {
  const bytes = files.map((file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length);
  return bytes.reduce((sum, size) => sum + size, 0) / kilobyte;
}
