/** Runs the tests and reads the counts and the time of each file from vitest's own report. */
import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statfsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import process from 'node:process';
import { ownFolder, programOf, root } from './project.mjs';

/** Ends a run that hangs. A whole run takes far less. */
const limitMinutes = 60;

/** The folder of Linux whose files are kept in memory. */
const memoryFolder = '/dev/shm';
/** The free space that is required. It is enough for two runs at once and leaves memory for everything else. */
const memoryBytes = 8 * 1024 ** 3;

/**
 * Resolves to the counts of passed, failed and skipped tests, and to the milliseconds of each file. An error of
 * vitest itself counts as one failure.
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
    // The pattern also matches the project of a kind's files that run alone, such as e2e-alone.
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
