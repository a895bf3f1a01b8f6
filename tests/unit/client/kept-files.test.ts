import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { keptFiles } from '../../../client/build/kept-files.ts';

const FILES: Readonly<Record<string, string>> = {
  'kiosk/index.html':
    '<link rel="manifest" href="/kiosk/app.webmanifest"><link rel="icon" href="/icon.svg"><script src="/assets/kiosk-aaaaaaaa.js"></script>',
  'kiosk/app.webmanifest': '{"icons":[{"src":"/icons/large.png"}]}',
  'kiosk/worker.js': 'the worker itself',
  'kiosk/copy-gggggggg.js': 'a web worker',
  'assets/kiosk-aaaaaaaa.js':
    'import("./camera-bbbbbbbb.js");new Worker("/kiosk/copy-gggggggg.js");const place="/assets/drawings-1234abcd/"',
  'assets/camera-bbbbbbbb.js':
    'fetch("/assets/reader-cccccccc.wasm");__vite__mapDeps(["assets/camera-dddddddd.css"])',
  'assets/camera-dddddddd.css': 'p{background:url(/assets/paper-eeeeeeee.svg)}',
  'assets/paper-eeeeeeee.svg': '<svg/>',
  'assets/reader-cccccccc.wasm': 'assets/desk-ffffffff.js is no text of a page',
  'assets/drawings-1234abcd/rice.svg': '<svg/>',
  'assets/drawings-1234abcd/LICENSE': 'a licence',
  'assets/desk-ffffffff.js': 'another face',
  'icon.svg': '<svg/>',
  'icons/large.png': 'png',
  'me/index.html': '<script src="/assets/me-hhhhhhhh.js"></script>',
  'assets/me-hhhhhhhh.js': 'const place="/assets/drawings-1234abcd/";import("./camera-bbbbbbbb.js")',
  '.vite/office.json': 'assets/desk-ffffffff.js',
};

describe('the list of files that a service worker keeps', () => {
  const dist = mkdtempSync(join(tmpdir(), 'jishan-list-'));
  for (const [file, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(dist, file)), { recursive: true });
    writeFileSync(join(dist, file), text);
  }
  afterAll(() => rmSync(dist, { recursive: true }));
  const urls = (face: 'kiosk' | 'me') => keptFiles(dist, face).map(({ url }) => url);

  it('has everything that the page names, and what that names, but no other face and not the worker', () => {
    expect(urls('kiosk')).toEqual([
      '/assets/camera-bbbbbbbb.js',
      '/assets/camera-dddddddd.css',
      '/assets/drawings-1234abcd/rice.svg',
      '/assets/kiosk-aaaaaaaa.js',
      '/assets/paper-eeeeeeee.svg',
      '/assets/reader-cccccccc.wasm',
      '/icon.svg',
      '/kiosk/app.webmanifest',
      '/kiosk/copy-gggggggg.js',
      '/kiosk/index.html',
    ]);
  });

  it('leaves a phone to fetch the drawings that it shows', () => {
    expect(urls('me')).toContain('/assets/camera-bbbbbbbb.js');
    expect(urls('me').filter((url) => url.includes('drawings'))).toEqual([]);
  });

  it('says of each its digest, and of a name that stays also its revision', () => {
    const list = keptFiles(dist, 'kiosk');
    for (const { url, integrity } of list) {
      const digest = createHash('sha256').update(FILES[url.slice(1)] ?? '');
      expect(integrity).toBe(`sha256-${digest.digest('base64')}`);
    }
    const revised = list.filter(({ revision }) => revision !== null).map(({ url }) => url);
    expect(revised).toEqual(['/icon.svg', '/kiosk/app.webmanifest', '/kiosk/index.html']);
    const before = list.find(({ url }) => url === '/kiosk/index.html')?.revision;
    writeFileSync(join(dist, 'kiosk/index.html'), `${FILES['kiosk/index.html'] ?? ''} `);
    expect(keptFiles(dist, 'kiosk').find(({ url }) => url === '/kiosk/index.html')?.revision).not.toBe(
      before,
    );
  });

  it('fails where the page is missing', () => {
    expect(() => keptFiles(join(dist, 'assets'), 'kiosk')).toThrow('ENOENT');
  });
});
