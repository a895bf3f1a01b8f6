import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const program = join(import.meta.dirname, '..', '..', 'scripts', 'check-bundle.mjs');
const pages = ['', 'me/', 'board/', 'kiosk/', 'desk/'];
const folders: string[] = [];

/** Text that gzip cannot make smaller than this. */
const ballast = (kilobytes: number) => `"${randomBytes(kilobytes * 1000).toString('base64')}"`;

/** A build whose faces load `entry.js`, and that in turn what `more` holds; says what the check says of it. */
function check(entry: string, more: Record<string, string> = {}) {
  const dist = mkdtempSync(join(tmpdir(), 'jishan-bundle-'));
  folders.push(dist);
  const script = '<script type="module" crossorigin src="/assets/entry.js"></script>';
  const files: Record<string, string> = { 'assets/entry.js': entry, ...more };
  for (const page of pages) files[`${page}index.html`] = script;
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dist, file)), { recursive: true });
    writeFileSync(join(dist, file), text);
  }
  return spawnSync(process.execPath, [program, dist], { encoding: 'utf8' });
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the check of the bundle sizes', () => {
  it('passes what is small', () => {
    const { status, stdout } = check('export {}');
    expect(stdout).toContain('me: first 0.0 kB, all 0.0 kB');
    expect(status).toBe(0);
  });

  it('fails a first load that is too heavy', () => {
    const { status, stdout } = check(ballast(61));
    expect(stdout).toContain('me: first load is over 60 kB');
    expect(status).toBe(1);
  });

  it('counts what a light face loads later, but not the other language', () => {
    const entry = 'import("./page.js"); import("./en-1.js")';
    const { stdout } = check(entry, { 'assets/page.js': ballast(71), 'assets/en-1.js': ballast(61) });
    expect(stdout).toContain('board: all of it is over 70 kB');
    expect(stdout).not.toContain('desk: all of it is over');
    expect(check(entry, { 'assets/page.js': '1', 'assets/en-1.js': ballast(61) }).status).toBe(0);
  });

  it('fails a light face that loads zod', () => {
    const { status, stdout } = check('import "./zod.js"', {
      'assets/zod.js': 'const code = "invalid_union";',
    });
    expect(stdout).toContain('me: it loads zod');
    expect(status).toBe(1);
  });
});
