/** Runs the tests and reads the counts and the time of each file from a report of its own. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { ownFolder, programOf, root } from './project.mjs';

/** Ends a run that hangs. A whole run takes far less. */
const limitMinutes = 60;

/** The folder of Linux whose files are kept in memory. */
const memoryFolder = '/dev/shm';
/** The free space that is required. It is enough for two runs at once and leaves memory for everything else. */
const memoryBytes = 8 * 1024 ** 3;

/** More files than this do not fail by chance. */
const triedAgainMost = 3;

/**
 * Resolves to the counts of passed, failed and skipped tests, to the milliseconds of each file, and to the files that
 * failed only the first time. An error of vitest itself counts as one failure.
 *
 * A browser on a busy machine may stand still for a minute, through no fault of what is tested. So a file of browser
 * tests that failed runs once more, by itself, and what it says then counts. The first failure stays in the output.
 */
export async function runVitest({ projects, filters, long, env }) {
  const options = { long, env };
  const first = await runOnce([...projects.flatMap(namesOf), ...filters], options);
  const failed = first.files.filter(({ failed: count }) => count > 0).map(({ file }) => file);
  const again = failed.filter((file) => file.startsWith('tests/e2e/'));
  if (again.length === 0 || again.length > triedAgainMost || long) return summary(first, []);
  console.log(`\nOnce more, by ${again.length === 1 ? 'itself' : 'themselves'}: ${again.join(', ')}`);
  const second = await runOnce([...namesOf('e2e'), '--max-workers=1', ...again], options);
  return summary(...lastWord(first, second, again));
}

/** Takes the second result of files that ran twice, if they were seen at all then. */
export function lastWord(first, second, again) {
  const seen = new Map(second.files.map((file) => [file.file, file]));
  const files = first.files.map((file) => (again.includes(file.file) ? (seen.get(file.file) ?? file) : file));
  const unsteady = files.filter(({ file, failed }) => again.includes(file) && failed === 0);
  return [{ files, errors: first.errors + second.errors }, unsteady.map(({ file }) => file)];
}

function summary({ files, errors }, unsteady) {
  const counts = { passed: 0, failed: errors, skipped: 0 };
  for (const file of files) for (const key of Object.keys(counts)) counts[key] += file[key];
  return { counts, files, unsteady };
}

/** The pattern also matches the project of a kind's files that run alone, such as e2e-alone. */
function namesOf(kind) {
  return ['--project', `${kind}*`];
}

async function runOnce(chosen, { long, env }) {
  mkdirSync(ownFolder, { recursive: true });
  const folder = mkdtempSync(join(ownFolder, 'report-'));
  const path = join(folder, 'vitest.json');
  const args = [
    'run',
    '--reporter=default',
    `--reporter=${join(root, 'scripts/vitest-report.mjs')}`,
    ...chosen,
  ];
  const files = long ? undefined : folderInMemory();
  const own = { JISHAN_REPORT: path, ...(files && { TMPDIR: files }) };
  const code = await run(args, { ...process.env, ...own, ...env }, long);
  const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { files: [], errors: 0 };
  for (const done of [folder, files]) if (done) rmSync(done, { recursive: true, force: true });
  const isSaid = report.errors > 0 || report.files.some(({ failed }) => failed > 0);
  return code !== 0 && !isSaid ? { ...report, errors: 1 } : report;
}

/**
 * Tests make thousands of small databases, which costs a fifth less processor time in memory. Files there survive a
 * killed process like those on a disk. Returns undefined if memory is short.
 */
function folderInMemory() {
  try {
    const { bavail, bsize } = statfsSync(memoryFolder);
    if (bavail * bsize < memoryBytes) return undefined;
    const folder = mkdtempSync(join(memoryFolder, 'jishan-tests-'));
    // PostgreSQL runs as another user and must be able to write here.
    chmodSync(folder, 0o1777);
    return folder;
  } catch {
    return undefined;
  }
}

function run(args, env, long) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [programOf('vitest'), ...args], {
      cwd: root,
      env,
      stdio: 'inherit',
    });
    const stop = () => child.kill('SIGTERM');
    const timer = long ? undefined : setTimeout(stop, limitMinutes * 60_000);
    process.once('SIGTERM', stop);
    child.once('error', () => resolve(1));
    child.once('close', (code) => {
      clearTimeout(timer);
      process.removeListener('SIGTERM', stop);
      resolve(code ?? 1);
    });
  });
}
