/** A small page on real origins: plain http, and https by certificates as `jishan https` makes them. */
import { createHash, randomBytes, type X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';
import { boundsFor, type Identity, makeAuthority, makeCertificate } from '../../server/https/index.ts';
import { FLAGS } from './browser.ts';
import { runProgram } from './programs.ts';
import { findChromium } from './tools.ts';

export const SHOP_NAME = 'shop.test';
/** A name that the authority may not speak for. */
export const OTHER_NAME = 'bank.example';

export interface Origins {
  at(scheme: 'http' | 'https', host: string): string;
  /** `installed`: the authority is among those that the device trusts. */
  launch(kind: 'plain' | 'keyAccepted' | 'installed'): Promise<Browser>;
  goAway(): void;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export async function openOrigins(): Promise<Origins> {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-origins-'));
  const issuing = { nowMs: Date.now(), random: (size: number) => randomBytes(size) };
  const own = ['localhost', '127.0.0.1', SHOP_NAME];
  const authority = makeAuthority('积善 Jishan test', boundsFor(own), issuing);
  const good = makeCertificate(authority, own, issuing);
  const beyond = makeCertificate(authority, [OTHER_NAME], issuing);
  const servers = [
    createPlainServer(answer),
    createTlsServer(pemOf(good), answer),
    createTlsServer(pemOf(beyond), answer),
  ];
  const ports = [0, 0, 0];
  const listen = async () => {
    for (const [index, server] of servers.entries()) {
      server.listen(ports[index], '127.0.0.1');
      await once(server, 'listening');
      ports[index] = (server.address() as AddressInfo).port;
    }
  };
  await listen();
  const [plain, tls, outOfBounds] = ports;
  return {
    at(scheme, host) {
      if (scheme === 'http') return `http://${host}:${plain}/`;
      return `https://${host}:${host === OTHER_NAME ? outOfBounds : tls}/`;
    },
    launch: (kind) =>
      launchTrusting(
        join(folder, kind),
        kind === 'installed' ? authority.certificate : undefined,
        `--host-resolver-rules=MAP ${SHOP_NAME} 127.0.0.1, MAP ${OTHER_NAME} 127.0.0.1`,
        ...(kind === 'keyAccepted' ? [`--ignore-certificate-errors-spki-list=${keyHash(good)}`] : []),
      ),
    goAway: () => servers.forEach(shut),
    comeBack: listen,
    async close() {
      servers.forEach(shut);
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

function shut(server: Server): void {
  server.close();
  server.closeAllConnections();
}

function pemOf({ certificate, key }: Identity): { cert: string; key: string } {
  return { cert: certificate.toString(), key: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

function keyHash({ certificate }: Identity): string {
  return createHash('sha256')
    .update(certificate.publicKey.export({ type: 'spki', format: 'der' }))
    .digest('base64');
}

/** The real browser of somebody whose home folder is this, and who has installed the authority if one is given. */
export function launchTrusting(
  home: string,
  authority: X509Certificate | undefined,
  ...more: readonly string[]
): Promise<Browser> {
  const store = join(home, '.pki', 'nssdb');
  mkdirSync(store, { recursive: true });
  if (authority && !existsSync(join(store, 'cert9.db'))) {
    const file = join(home, 'ca.crt');
    writeFileSync(file, authority.toString());
    runProgram('certutil', ['-d', `sql:${store}`, '-N', '--empty-password']);
    runProgram('certutil', ['-d', `sql:${store}`, '-A', '-n', 'jishan', '-t', 'C,,', '-i', file]);
  }
  return chromium.launch({
    executablePath: findChromium(),
    env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', HOME: home },
    args: [...FLAGS, ...more],
  });
}

const answer: RequestListener = ({ url }, response) => {
  const isWorker = url === '/worker.js';
  response.setHeader('Content-Type', isWorker ? 'text/javascript' : 'text/html; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.end(isWorker ? WORKER : PAGE);
};

const WORKER = `
addEventListener('install', (event) => event.waitUntil(caches.open('page').then((kept) => kept.add('/'))));
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) =>
  event.respondWith(fetch(event.request).catch(() => caches.match('/'))));
`;

/** Tries each thing for real: a feature that is there may still refuse. */
const PAGE = `<!doctype html><meta charset="utf-8"><title>origin</title><p id="seen"></p><p id="state"></p><script>
const asked = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});
const open = () => {
  const opening = indexedDB.open('origin', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('kept');
  return asked(opening);
};
const put = (db, key, value) => new Promise((resolve, reject) => {
  const work = db.transaction('kept', 'readwrite', { durability: 'strict' });
  work.objectStore('kept').put(value, key);
  work.oncomplete = () => resolve(work.durability);
  work.onabort = () => reject(work.error);
});
const tried = async (work) => { try { return await work(); } catch (error) { return error.name; } };
const look = async () => ({
  secure: isSecureContext ? 'yes' : 'no',
  strict: await tried(async () => (await put(await open(), 'row', { n: 1 })) === 'strict' ? 'yes' : 'no'),
  worker: await tried(async () => {
    if (!navigator.serviceWorker) return 'no';
    await navigator.serviceWorker.register('/worker.js');
    await navigator.serviceWorker.ready;
    return 'yes';
  }),
  key: await tried(async () => {
    if (!crypto.subtle) return 'no';
    const kind = { name: 'ECDSA', namedCurve: 'P-256' };
    const pair = await crypto.subtle.generateKey(kind, false, ['sign', 'verify']);
    const db = await open();
    await put(db, 'key', pair);
    const kept = await asked(db.transaction('kept').objectStore('kept').get('key'));
    const how = { name: 'ECDSA', hash: 'SHA-256' };
    const bytes = new Uint8Array([1, 2, 3]);
    const signature = await crypto.subtle.sign(how, kept.privateKey, bytes);
    const holds = await crypto.subtle.verify(how, pair.publicKey, signature, bytes);
    const leaks = await crypto.subtle.exportKey('pkcs8', kept.privateKey).then(() => true, () => false);
    return holds && !leaks ? 'yes' : 'no';
  }),
  locks: await tried(async () =>
    navigator.locks ? await navigator.locks.request('one', () => 'yes') : 'no'),
  persist: await tried(async () =>
    navigator.storage?.persist ? 'answers ' + (await navigator.storage.persist()) : 'no'),
  camera: navigator.mediaDevices?.getUserMedia ? 'yes' : 'no',
});
look().then((seen) => {
  document.querySelector('#seen').textContent = JSON.stringify(seen);
  document.querySelector('#state').textContent = 'looked';
});
</script>`;
