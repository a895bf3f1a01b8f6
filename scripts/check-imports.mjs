#!/usr/bin/env node
/**
 * Checks the import rules of .dependency-cruiser.cjs, and that the tool has read every file. dependency-cruiser
 * reports no violation for a file that it cannot parse.
 *
 *   node scripts/check-imports.mjs [FOLDER]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { programOf, root } from './project.mjs';

const rooms = ['shared', 'db', 'server', 'client', 'tests', 'scripts'];
const sourceFile = /\.(?:ts|vue|mjs)$/;
const notCruised = /(?:^|\/)tests\/tooling\/fixtures\//;

/** Returns the violations as `rule: from → to`, and the files that the tool did not read. */
export function checkImports(folder) {
  const present = rooms.filter((room) => existsSync(join(folder, room)));
  const cruised = cruise(folder, present);
  const seen = new Set(cruised.modules.map((module) => module.source));
  const onDisk = present.flatMap((room) => sourceFiles(folder, room));
  return {
    violations: cruised.summary.violations.map(describe),
    unread: onDisk.filter((file) => !seen.has(file)),
    files: onDisk.length,
  };
}

function cruise(folder, present) {
  const program = programOf('dependency-cruiser');
  const config = join(root, '.dependency-cruiser.cjs');
  const { stdout } = spawnSync(
    process.execPath,
    [program, ...present, '--config', config, '--output-type', 'json'],
    { cwd: folder, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  return JSON.parse(stdout);
}

function describe({ rule, from, to, cycle }) {
  const path = cycle === undefined ? to : cycle.map((step) => step.name).join(' → ');
  return `${rule.name}: ${from} → ${path}`;
}

function sourceFiles(folder, room) {
  return readdirSync(join(folder, room), { recursive: true })
    .map((name) => `${room}/${name.replaceAll('\\', '/')}`)
    .filter((file) => sourceFile.test(file) && !notCruised.test(file) && !file.includes('node_modules/'));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { violations, unread, files } = checkImports(resolve(process.argv[2] ?? root));
  for (const violation of violations) console.log(violation);
  for (const file of unread) console.log(`not read by dependency-cruiser: ${file}`);
  console.log(`${files} files, ${violations.length} violations, ${unread.length} unread`);
  process.exitCode = violations.length + unread.length === 0 ? 0 : 1;
}
