import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';

const program = join(import.meta.dirname, '..', '..', 'scripts', 'check-bundle.mjs');
const pages = ['', 'me/', 'board/', 'https/', 'kiosk/', 'desk/'].map((folder) => `${folder}index.html`);
const parts = ['me/pages/OpenPage.vue', 'me/pages/HomePage.vue'];
const folders: string[] = [];

interface Chunk {
  readonly text: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
  readonly dynamicImports?: readonly string[];
}

/** Text that gzip cannot make smaller than this. */
const ballast = (kilobytes: number) => `"${randomBytes(kilobytes * 1000).toString('base64')}"`;

/** A build in which every page and part is a file of a few bytes, but for `chunks`; says what the check says of it. */
function check(
  chunks: Record<string, Chunk | null> = {},
  { worker = '', isKept = () => true }: { worker?: string; isKept?: (file: string) => boolean } = {},
) {
  const dist = mkdtempSync(join(tmpdir(), 'jishan-bundle-'));
  folders.push(dist);
  const manifest: Record<string, { file: string; css?: readonly string[] }> = {};
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(dist, file)), { recursive: true });
    writeFileSync(join(dist, file), text);
  };
  const small = { text: 'export {}' };
  const me = { ...small, dynamicImports: parts };
  const all = {
    ...Object.fromEntries([...pages, ...parts].map((key) => [key, small])),
    'me/index.html': me,
    ...chunks,
  };
  for (const [key, chunk] of Object.entries<Chunk | null>(all)) {
    if (chunk === null) continue;
    const { text, ...rest } = chunk;
    const file = `assets/${key.replaceAll(/\W/g, '-')}.js`;
    write(file, text);
    manifest[key] = { file, ...rest };
  }
  for (const name of ['light', 'office']) write(`.vite/${name}.json`, JSON.stringify(manifest));
  const kept = Object.values(manifest).flatMap(({ file, css = [] }) => [file, ...css]);
  const list = JSON.stringify(kept.filter(isKept).map((file) => ({ url: `/${file}`, revision: null })));
  for (const face of ['me', 'kiosk']) write(`${face}/worker.js`, `take(${list});${worker}`);
  write('assets/heavy.css', ballast(61));
  return spawnSync(process.execPath, [program, dist], { encoding: 'utf8' });
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('the check of the bundle sizes', () => {
  it('passes what is small', () => {
    const { status, stdout } = check();
    expect(stdout).toContain('me (closed): first 0.1 kB, all 0.1 kB');
    expect(status).toBe(0);
  });

  it('fails a first load that is too heavy, scripts, what they import and styles alike', () => {
    const heavy = { text: ballast(61) };
    expect(check({ 'board/index.html': heavy }).stdout).toContain('board: first load is over 60 kB');
    const imports = { text: '', imports: ['_vue.js'] };
    expect(check({ 'board/index.html': imports, '_vue.js': heavy }).stdout).toContain(
      'board: first load is over 60 kB',
    );
    const { status, stdout } = check({ 'board/index.html': { text: '', css: ['assets/heavy.css'] } });
    expect(stdout).toContain('board: first load is over 60 kB');
    expect(status).toBe(1);
  });

  it('weighs each state of the household’s page, with the part it loads by itself', () => {
    const { status, stdout } = check({ 'me/pages/OpenPage.vue': { text: ballast(61) } });
    expect(stdout).toContain('me (closed): first load is over 60 kB');
    expect(stdout).not.toContain('me (open): first load is over');
    expect(status).toBe(1);
  });

  it('fails when a part is not fetched by itself any more, for its weight would be missed', () => {
    const { status, stdout } = check({
      'me/pages/HomePage.vue': null,
      'me/index.html': { text: '', dynamicImports: [] },
    });
    expect(stdout).toContain('me: me/pages/HomePage.vue is not a file of its own in the build');
    expect(status).toBe(1);
  });

  it('counts what a light face loads later, but not the other language', () => {
    const page = { text: '', dynamicImports: ['board/later.ts', 'board/locales/en.ts'] };
    const english = { text: ballast(61) };
    const { stdout } = check({
      'board/index.html': page,
      'board/later.ts': { text: ballast(71) },
      'board/locales/en.ts': english,
    });
    expect(stdout).toContain('board: all of it is over 70 kB');
    expect(stdout).not.toContain('board: first load is over');
    const small = { text: '1' };
    expect(
      check({ 'board/index.html': page, 'board/later.ts': small, 'board/locales/en.ts': english }).status,
    ).toBe(0);
  });

  it('weighs service workers apart, and what they fetch', () => {
    const { stdout, status } = check({}, { worker: ballast(10) });
    expect(stdout).toMatch(/kiosk: worker 1\d\.\d kB, keeps \d+ files, \d\.\d kB/);
    expect(stdout).toContain('me: its service worker is over 9 kB');
    expect(stdout).not.toContain('kiosk: its service worker is over');
    expect(status).toBe(1);
    const later = { 'me/later.ts': { text: ballast(150) } };
    const me = { text: '', dynamicImports: [...parts, 'me/later.ts'] };
    expect(check({ ...later, 'me/index.html': me }).stdout).toContain(
      'me: what its service worker fetches is over 140 kB',
    );
  });

  it('fails a service worker that leaves out a part of its page, in whichever language', () => {
    const page = { text: '', dynamicImports: ['kiosk/locales/en.ts'] };
    const chunks = { 'kiosk/index.html': page, 'kiosk/locales/en.ts': { text: '' } };
    expect(check(chunks).status).toBe(0);
    const { stdout, status } = check(chunks, { isKept: (file) => !file.includes('locales-en') });
    expect(stdout).toContain('kiosk: its service worker does not keep assets/kiosk-locales-en-ts.js');
    expect(status).toBe(1);
  });

  it('fails a service worker that an old phone cannot read', () => {
    expect(check({}, { worker: 'a?.b;' }).stdout).toContain(
      'me: an old phone cannot read me/worker.js: a?.b',
    );
  });

  it.each([
    ['zod', 'const code = "invalid_union";'],
    ['the endpoints of every domain', 'const paths = { "imports.read": "POST /imports/:kind" };'],
    ['the errors of every domain', 'const errors = { "ledger.points_short": 422 };'],
  ])('fails a light face that loads %s', (what, text) => {
    const { status, stdout } = check({
      'board/index.html': { text: '', imports: ['_all.js'] },
      '_all.js': { text },
    });
    expect(stdout).toContain(`board: it loads ${what}`);
    expect(status).toBe(1);
    expect(check({ 'desk/index.html': { text } }).status).toBe(0);
  });

  it.each([
    ['a?.b;', 'a?.b is too new'],
    ['a ?? b;', 'a ?? b is too new'],
    ['a ||= b;', 'Unexpected token'],
    ['class A { #b = 1 }', 'Unexpected'],
    ['await a;', 'await'],
    ['const a = 1n;', '1n is too new'],
  ])('fails a light face with what the browser of an old phone cannot read: %s', (text, why) => {
    const { status, stdout } = check({ 'board/index.html': { text } });
    expect(stdout).toContain('board: an old phone cannot read assets/board-index-html.js: ');
    expect(stdout).toContain(why);
    expect(status).toBe(1);
    expect(check({ 'desk/index.html': { text } }).status).toBe(0);
    const old = "try { f(() => import('./b.js'), { ...a }) } catch { b = async () => a ? a.b : 2 ** 3 }";
    expect(check({ 'board/index.html': { text: old } }).status).toBe(0);
  });
});
