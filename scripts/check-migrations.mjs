/**
 * Checks that the migrations are those the tables need, and that none was edited after it was released.
 *
 *   node scripts/check-migrations.mjs            check
 *   node scripts/check-migrations.mjs --release  note the hashes of new migrations (db/migrations.lock.json)
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { programOf, root } from './project.mjs';

const engines = [
  { engine: 'sqlite', dialect: 'sqlite' },
  { engine: 'postgres', dialect: 'postgresql' },
];
const lockFile = join(root, 'db', 'migrations.lock.json');

const found = Object.fromEntries(engines.map(({ engine }) => [engine, hashes(engine)]));
if (process.argv.includes('--release')) {
  writeFileSync(lockFile, `${JSON.stringify(found, null, 2)}\n`);
} else {
  const problems = engines.flatMap((one) => [...edited(one.engine), ...stale(one)]);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

function migrationsFolder(engine) {
  return join(root, 'db', engine, 'migrations');
}

/** SHA-256 of each migration by file name. */
function hashes(engine) {
  const folder = migrationsFolder(engine);
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql'));
  return Object.fromEntries(
    files.sort().map((file) => [
      file,
      createHash('sha256')
        .update(readFileSync(join(folder, file)))
        .digest('hex'),
    ]),
  );
}

function edited(engine) {
  const released = JSON.parse(readFileSync(lockFile, 'utf8'))[engine];
  const names = new Set([...Object.keys(released), ...Object.keys(found[engine])]);
  return [...names]
    .filter((name) => released[name] !== found[engine][name])
    .map((name) => `db/${engine}/migrations/${name} is new, gone or edited: see db/migrations.lock.json`);
}

/** Lets drizzle-kit generate into a copy. A file it adds means that the tables changed without a migration. */
function stale({ engine, dialect }) {
  const copy = mkdtempSync(join(tmpdir(), 'jishan-migrations-'));
  try {
    cpSync(migrationsFolder(engine), copy, { recursive: true });
    const run = spawnSync(
      process.execPath,
      [
        programOf('drizzle-kit'),
        'generate',
        ...['--dialect', dialect, '--casing', 'snake_case', '--name', 'missing'],
        ...['--schema', `db/${engine}/schema.cjs`, '--out', copy],
      ],
      { cwd: root, encoding: 'utf8' },
    );
    if (run.status !== 0) return [`drizzle-kit failed on ${engine}: ${run.stdout}${run.stderr}`];
    const added = readdirSync(copy).filter((file) => file.endsWith('_missing.sql'));
    return added.map(
      (file) =>
        `the ${engine} tables have changed; a migration is missing:\n${readFileSync(join(copy, file), 'utf8')}`,
    );
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}
