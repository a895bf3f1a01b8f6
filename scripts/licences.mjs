#!/usr/bin/env node
/**
 * Lists the licence of each package that the program needs to run, from package-lock.json, and of the drawings by
 * others, from the text that lies beside them:
 *
 *   node scripts/licences.mjs            writes docs/licences.md
 *   node scripts/licences.mjs --check    says whether it is as it should be
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { root } from './project.mjs';

/** These licences only require that their own text is passed on. */
const PERMISSIVE = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'CC0-1.0']);
const target = join(root, 'docs', 'licences.md');

const all = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
const used = Object.entries(all)
  .filter(([path, entry]) => path !== '' && entry.dev !== true)
  .map(([path, entry]) => ({
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: entry.version,
    licence: entry.license ?? 'none named',
  }));

const drawings = join(root, 'client', 'drawings');
const drawn = readdirSync(drawings)
  .map((folder) => ({ folder, licence: join(drawings, folder, 'LICENSE.txt') }))
  .filter(({ licence }) => existsSync(licence))
  .map(({ folder, licence }) => ({
    name: `client/drawings/${folder}`,
    version: `(${String(readdirSync(join(drawings, folder)).length - 1)} drawings)`,
    licence: /^(\S+) License$/m.exec(readFileSync(licence, 'utf8'))?.[1] ?? 'none named',
  }));

const foreign = [...used, ...drawn].filter(({ licence }) => !isPermissive(licence));
const text = document();
if (foreign.length > 0) {
  for (const { name, version, licence } of foreign) process.stderr.write(`${name} ${version}: ${licence}\n`);
  process.exitCode = 1;
} else if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  process.stderr.write('docs/licences.md is not of this package-lock.json: npm run licences\n');
  process.exitCode = 1;
}

/** An expression such as `(MIT OR CC0-1.0)` needs one permissive licence. With `AND` each must be permissive. */
function isPermissive(licence) {
  const bare = licence.replace(/[()]/g, '');
  if (bare.includes(' AND ')) return bare.split(' AND ').every(isPermissive);
  return bare.split(' OR ').some((one) => PERMISSIVE.has(one.trim()));
}

function document() {
  const groups = Map.groupBy(used, ({ licence }) => licence);
  const parts = Array.from(groups)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([licence, ones]) => {
      const lines = ones.map(({ name, version }) => `- ${name} ${version}`);
      return `## ${licence}\n\n${Array.from(new Set(lines)).sort().join('\n')}\n`;
    });
  const byOthers = drawn.map(
    ({ name, version, licence }) => `- ${name} ${version}: ${licence}, with its text beside them`,
  );
  return `# Licences

The packages the program runs with, all permissive. Written by \`npm run licences\`; a test holds it to package-lock.json.

${parts.join('\n')}
## Drawings by others

${byOthers.join('\n')}
`;
}
