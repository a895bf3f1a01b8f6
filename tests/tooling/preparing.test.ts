import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const scripts = join(root, 'scripts');
const run = promisify(execFile);
const folders: string[] = [];

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-preparing-'));
  folders.push(folder);
  return folder;
}

/** Runs a module text that may import from scripts/ as `@/…`. */
function runModule(text: string): Promise<{ stdout: string; stderr: string }> {
  const module = text.replaceAll('@/', `${scripts}/`);
  return run(process.execPath, ['--input-type=module', '--eval', module]);
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('two commands at once', () => {
  const lockFile = join(root, '.jishan', 'trial.lock');

  it('prepare one after the other', async () => {
    const log = join(temporaryFolder(), 'log');
    const turn = (name: string) => `
      import { appendFileSync } from 'node:fs';
      import { setTimeout as sleep } from 'node:timers/promises';
      import { withLock } from '@/project.mjs';
      await withLock('trial', async () => {
        appendFileSync('${log}', '${name}');
        await sleep(400);
        appendFileSync('${log}', '${name}');
      });`;
    await Promise.all(['a', 'b', 'c'].map((name) => runModule(turn(name))));
    expect(readFileSync(log, 'utf8')).toMatch(/^(?:aa|bb|cc){3}$/);
    expect(existsSync(lockFile)).toBe(false);
  });

  it('do not wait for one that crashed', async () => {
    mkdirSync(join(root, '.jishan'), { recursive: true });
    writeFileSync(lockFile, '');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(lockFile, longAgo, longAgo);
    const { stdout } = await runModule(`
      import { withLock } from '@/project.mjs';
      await withLock('trial', async () => console.log('my turn'));`);
    expect(stdout).toBe('my turn\n');
  });
});

describe('the steps of npm test', () => {
  it('count a step that is not there, or fails, as failed', async () => {
    const failing = join(temporaryFolder(), 'failing.mjs');
    writeFileSync(failing, "console.log('what went wrong'); process.exit(3);");
    const { stdout } = await runModule(`
      import { relative } from 'node:path';
      import { runSteps } from '@/run-steps.mjs';
      const { counts } = await runSteps([
        { name: 'gone', title: 'gone', script: 'gone.mjs', args: [] },
        { name: 'failing', title: 'failing', script: relative('${scripts}', '${failing}'), args: [] },
        { name: 'fine', title: 'fine', tool: 'prettier', args: ['--version'], after: 'failing' },
      ]);
      console.log(JSON.stringify(counts));`);
    expect(stdout).toContain('what went wrong');
    expect(stdout.trim().split('\n').at(-1)).toBe('{"passed":1,"failed":2,"skipped":0}');
  });

  it('are named when someone asks for one that does not exist', () => {
    const result = spawnSync(process.execPath, [join(scripts, 'test.mjs'), '--only', 'nonsense'], {
      encoding: 'utf8',
    });
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/No such check: nonsense\. There are: types-vue, .*e2e/);
  });
});
