import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer } from '../support/server-process.ts';

const root = join(import.meta.dirname, '../..');
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
const instructions = DockerfileParser.parse(readFileSync(join(root, 'Dockerfile'), 'utf8')).getInstructions();
const words = (instruction: Instruction) => instruction.getArguments().map((argument) => argument.getValue());
const called = (name: string, among = instructions) =>
  among.filter((instruction) => instruction.getKeyword() === name);
const lastFrom = instructions.findLastIndex((one) => one.getKeyword() === 'FROM');
const build = instructions.slice(0, lastFrom);
const image = instructions.slice(lastFrom);

/** No engine builds it here: it is read as an engine reads it, and what it copies is run as it would be run. */
describe('the Dockerfile', () => {
  it('begins from one pinned Node, the one the scripts bring along', () => {
    const names = called('FROM').map((from) => words(from)[0]);
    expect(new Set(names).size).toBe(1);
    expect(names[0]).toMatch(/^node:24\.\d+\.\d+-slim$/);
    expect(readFileSync(join(root, 'scripts/node24.mjs'), 'utf8')).toContain(
      /\d+\.\d+\.\d+/.exec(names[0] ?? '')?.[0],
    );
  });

  it('ends as an unprivileged user with one volume, a health check, and a command that hears signals', () => {
    expect(called('USER', image).map(words)).toEqual([['node']]);
    expect(called('VOLUME', image).map(words)).toEqual([['/data']]);
    expect(jsonOf('CMD')).toEqual(['node', 'server/main.mjs']);
    expect(jsonOf('HEALTHCHECK').slice(0, 2)).toEqual(['node', '-e']);
    expect(called('ADD')).toEqual([]);
    expect(called('ARG')).toEqual([]);
    // After USER nothing is made, so nothing belongs to it but the volume.
    const afterUser = image.slice(image.findIndex((one) => one.getKeyword() === 'USER'));
    expect(afterUser.filter((one) => ['COPY', 'RUN'].includes(one.getKeyword()))).toEqual([]);
  });

  it('builds by the commands everybody has, in this order', () => {
    const runs = called('RUN', build).map((run) => run.getArgumentsContent() ?? '');
    expect(runs.slice(0, 3)).toEqual([
      'npm ci --include=dev',
      'node scripts/build.mjs',
      'npm prune --omit=dev',
    ]);
    expect(runs[3]).toContain('flushCompileCache');
    expect(runs).toHaveLength(4);
    for (const name of called('COPY', build).slice(0, 1).flatMap(words).slice(0, -1))
      expect(existsSync(join(root, name))).toBe(true);
  });

  it('is given neither data nor secrets nor history', () => {
    const ignored = readFileSync(join(root, '.dockerignore'), 'utf8').split('\n');
    for (const name of ['.git', '.jishan', 'data', 'node_modules', 'dist', '*.env', '*.db', '*.backup'])
      expect(ignored).toContain(name);
    for (const path of copied()
      .map(({ path }) => path)
      .filter((one) => !made(one)))
      expect(ignored).not.toContain(path.split('/')[0]);
  });

  describe('what it copies, read-only, as nobody', () => {
    let folder: string;
    let app: string;
    let data: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'jishan-image-'));
      chmodSync(folder, 0o755);
      [app, data] = [join(folder, 'app'), join(folder, 'data')];
      for (const { path } of copied()) if (!path.startsWith('.jishan')) lay(path);
      mkdirSync(data, { mode: 0o700 });
      if (isRoot) chownSync(data, NOBODY, NOBODY);
      chmodEverything('a-w');
    });
    afterAll(() => {
      chmodEverything('u+w');
      rmSync(folder, { recursive: true });
    });

    it('starts, is ready, and writes nothing outside its volume', async () => {
      const before = filesIn(app);
      const under = isRoot
        ? ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--no-new-privs']
        : [];
      const server = await startServer(
        { dataDir: data, databaseUrl: undefined },
        {
          under,
          main: join(app, 'server/main.mjs'),
          env: { NODE_OPTIONS: '--max-semi-space-size=4 --v8-pool-size=1' },
        },
      );
      const [, ...check] = jsonOf('HEALTHCHECK');
      const healthy = () =>
        spawnSync(process.execPath, check, { env: { PORT: new URL(server.url).port } }).status;
      expect(healthy()).toBe(0);
      for (const path of ['/board', '/api/docs/en', '/api/v1/openapi.json'])
        expect((await fetch(server.url + path)).status).toBe(200);
      await server.kill('SIGTERM');
      expect(await server.gone).toBe(0);
      expect(healthy()).toBe(1);
      expect(filesIn(app)).toEqual(before);
      expect(existsSync(join(data, 'jishan.db'))).toBe(true);
    });

    function lay(path: string): void {
      mkdirSync(dirname(join(app, path)), { recursive: true });
      if (path !== 'node_modules') {
        cpSync(join(root, path), join(app, path), { recursive: true });
        return;
      }
      // What is left after `npm prune --omit=dev`.
      execFileSync('cp', ['-a', '--parents', ...packagesToRun(), app], { cwd: root });
    }

    function chmodEverything(mode: string): void {
      execFileSync('chmod', ['-R', mode, app]);
    }
  });
});

/** The files and folders of the project that end up in the image. */
function copied(): { path: string }[] {
  return called('COPY', image).map((copy) => {
    const [from = '', to = ''] = words(copy);
    const path = from.replace('/app/', '');
    if (to !== `./${path}` && to !== './') throw new Error(`copied to another place: ${from} ${to}`);
    return { path };
  });
}

/** By the build, inside: never from the project's folder. */
function made(path: string): boolean {
  return ['node_modules', 'dist', '.jishan/compiled'].includes(path);
}

function packagesToRun(): string[] {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean }>;
  };
  return Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && dev !== true && devOptional !== true)
    .map(([path]) => path)
    .filter((path) => existsSync(join(root, path)));
}

/** The words of an instruction in its exec form. */
function jsonOf(name: string): string[] {
  const text = called(name, image)[0]?.getArgumentsContent() ?? '';
  return JSON.parse(text.slice(text.indexOf('['))) as string[];
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
