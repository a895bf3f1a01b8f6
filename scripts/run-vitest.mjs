/** Runs the tests and reads from vitest's own report how many passed and how long each file took. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import process from 'node:process';
import { ownFolder, programOf, root } from './project.mjs';

/** So that a test that hangs ends; a whole run takes far less. */
const limitMinutes = 60;

/** Where Linux keeps files in memory. */
const memoryFolder = '/dev/shm';
/** Two runs side by side have room, and the machine keeps memory for everything else. */
const memoryBytes = 8 * 1024 ** 3;

/**
 * Resolves to the counts of passed, failed and skipped tests, and to the milliseconds of each file. Whatever vitest
 * itself stumbled over is one failure.
 */
export async function runVitest({ projects, filters, long, env }) {
  mkdirSync(ownFolder, { recursive: true });
  const folder = mkdtempSync(join(ownFolder, 'report-'));
  const path = join(folder, 'vitest.json');
  const args = [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${path}`,
    // Also what of this kind runs alone: e2e-alone.
    ...projects.flatMap((name) => ['--project', `${name}*`]),
    ...filters,
  ];
  const files = long ? undefined : folderInMemory();
  const code = await run(args, { ...process.env, ...(files && { TMPDIR: files }), ...env }, long);
  const report = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
  for (const done of [folder, files]) if (done) rmSync(done, { recursive: true, force: true });
  const counts = report === undefined ? { passed: 0, failed: 0, skipped: 0 } : count(report);
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return { counts, files: report === undefined ? [] : timesOf(report) };
}

/**
 * Tests make thousands of small databases and throw them away; in memory that takes a fifth less of the processors. A
 * process that is killed leaves what it has written there as on a disk. Undefined where there is too little of it.
 */
function folderInMemory() {
  try {
    const { bavail, bsize } = statfsSync(memoryFolder);
    if (bavail * bsize < memoryBytes) return undefined;
    const folder = mkdtempSync(join(memoryFolder, 'jishan-tests-'));
    // PostgreSQL runs as a user of its own.
    chmodSync(folder, 0o1777);
    return folder;
  } catch {
    return undefined;
  }
}

function count(report) {
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function timesOf(report) {
  return report.testResults.map(({ name, startTime, endTime }) => ({
    file: relative(root, name).split(sep).join('/'),
    ms: Math.max(0, endTime - startTime),
  }));
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
