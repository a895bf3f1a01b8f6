/** Serves a build of the screens that a test may change, take away or bring back, in front of a program's API. */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, request as ask, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type RequestHandler } from 'express';
import { KEPT_FACES, keptFiles } from '../../client/build/kept-files.ts';
import { keepingToHttps } from '../../server/http/keep-to-https.ts';
import { pagesRouter } from '../../server/http/pages.ts';
import type { Program } from './program.ts';

export const BUILD = join(import.meta.dirname, '../../dist/client');

export interface PageServer {
  readonly origin: string;
  /** Paths that were asked for since the start or `forget`, with their methods. */
  readonly asked: string[];
  /** Answers instead of the screens, where it answers at all. */
  before: RequestHandler | null;
  /** The build that is served from now on. */
  serve(build: string, options?: { readonly keepsPages: boolean }): void;
  /** Nothing listens any more. Connections are cut. */
  stop(): Promise<void>;
  /** The same address again. */
  start(): Promise<void>;
}

export async function startPageServer(build: string, program?: Pick<Program, 'origin'>): Promise<PageServer> {
  const app = express();
  const asked: string[] = [];
  let pages = pagesOf(build);
  let server: Server | null = null;
  let port = 0;
  const own = {
    before: null as RequestHandler | null,
  };
  app.use((incoming, answer, next) => {
    asked.push(`${incoming.method} ${incoming.path}`);
    if (own.before === null) next();
    else void own.before(incoming, answer, next);
  });
  app.use('/api', (incoming, answer) => {
    if (program === undefined) {
      answer.status(503).end();
      return;
    }
    const onward = ask(
      new URL(incoming.originalUrl, program.origin),
      { method: incoming.method, headers: { ...incoming.headers, host: new URL(program.origin).host } },
      (got) => {
        answer.writeHead(got.statusCode ?? 502, got.headers);
        got.pipe(answer);
      },
    );
    onward.on('error', () => answer.destroy());
    incoming.pipe(onward);
  });
  app.use((incoming, answer, next) => void pages(incoming, answer, next));

  async function start(): Promise<void> {
    const starting = createServer(app);
    await new Promise<void>((resolve) => starting.listen(port, '127.0.0.1', resolve));
    port = (starting.address() as AddressInfo).port;
    server = starting;
  }
  await start();
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    asked,
    get before() {
      return own.before;
    },
    set before(handler) {
      own.before = handler;
    },
    serve(next, options) {
      pages = pagesOf(next, options?.keepsPages);
    },
    async stop() {
      const stopping = server;
      server = null;
      await new Promise((resolve) => {
        if (stopping === null) resolve(null);
        stopping?.close(resolve);
        stopping?.closeAllConnections();
      });
    },
    start,
  };
}

function pagesOf(folder: string, keepsPages = true): RequestHandler {
  return pagesRouter({ folder, isSetUp: () => Promise.resolve(true), keepsPages }, keepingToHttps(''));
}

/**
 * Makes a later build of the screens: in every script and page `words` take the place of others, the scripts get other
 * names, and the workers list them, as Vite would do it.
 */
export function laterBuild(build: string, words: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-build-'));
  cpSync(build, folder, { recursive: true });
  const lists = KEPT_FACES.map((face) => ({ face, before: JSON.stringify(keptFiles(folder, face)) }));
  const assets = join(folder, 'assets');
  const scripts = readdirSync(assets).filter((name) => /-[\w-]{8}\.js$/.test(name));
  // Browsers keep a file under its name for ever, so no name may come again with another content.
  const hashOf = (name: string) =>
    createHash('sha256')
      .update(JSON.stringify([name, words]))
      .digest('base64url')
      .slice(0, 8);
  const renamed = new Map(scripts.map((name) => [name, name.replace(/.{8}\.js$/, `${hashOf(name)}.js`)]));
  const texts = [
    ...scripts.map((name) => join('assets', name)),
    ...KEPT_FACES.map((face) => `${face}/index.html`),
  ];
  for (const file of texts) {
    let text = readFileSync(join(folder, file), 'utf8');
    for (const [was, is] of renamed) text = text.replaceAll(was, is);
    for (const [was, is] of Object.entries(words)) text = text.replaceAll(was, is);
    writeFileSync(join(folder, file), text);
  }
  for (const [was, is] of renamed) renameSync(join(assets, was), join(assets, is));
  for (const { face, before } of lists) {
    const worker = join(folder, face, 'worker.js');
    const text = readFileSync(worker, 'utf8');
    if (!text.includes(before)) throw new Error(`the worker of ${face} has another list than its build`);
    writeFileSync(
      worker,
      text.replace(before, () => JSON.stringify(keptFiles(folder, face))),
    );
  }
  return folder;
}

export function removeBuild(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
