import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { DockerfileParser, type Instruction } from 'dockerfile-ast';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asNobody, isRoot, layProgram, NOBODY } from '../support/program-copy.ts';
import { startServer } from '../support/server-process.ts';

const root = join(import.meta.dirname, '../..');
const dockerfile = DockerfileParser.parse(readFileSync(join(root, 'Dockerfile'), 'utf8'));
const instructions = dockerfile.getInstructions();
const words = (instruction: Instruction) => instruction.getArguments().map((argument) => argument.getValue());
const called = (name: string, among = instructions) =>
  among.filter((instruction) => instruction.getKeyword() === name);
const lastFrom = instructions.findLastIndex((one) => one.getKeyword() === 'FROM');
const build = instructions.slice(0, lastFrom);
const image = instructions.slice(lastFrom);
const environment = Object.fromEntries(
  dockerfile
    .getENVs()
    .flatMap((env) => env.getProperties())
    .map((property) => [property.getName(), property.getValue() ?? '']),
);
const searchPath = [dirname(process.execPath), process.env.PATH].join(delimiter);

/** The test builds no image. It parses the Dockerfile, copies the same files and runs them. */
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
    // No file is made after USER, so the user owns nothing but the volume.
    const afterUser = image.slice(image.findIndex((one) => one.getKeyword() === 'USER'));
    expect(afterUser.filter((one) => ['COPY', 'RUN'].includes(one.getKeyword()))).toEqual([]);
  });

  it('builds by the commands everybody has, in this order', () => {
    expect(runs(build)).toEqual(['npm ci --include=dev', 'node scripts/build.mjs', 'npm prune --omit=dev']);
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
      layProgram(
        app,
        copied().map(({ path }) => path),
      );
      compile();
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
      const server = await startServer(
        { dataDir: data, databaseUrl: undefined },
        {
          under: asNobody,
          main: join(app, 'server/main.mjs'),
          env: { ...environment, DATA_DIR: data, PORT: '0' },
        },
      );
      const [, ...check] = jsonOf('HEALTHCHECK');
      const healthy = () =>
        spawnSync(process.execPath, check, { env: { PORT: new URL(server.url).port } }).status;
      expect(healthy()).toBe(0);
      for (const path of ['/board', '/api/v1/openapi.json'])
        expect((await fetch(server.url + path)).status).toBe(200);
      await server.kill('SIGTERM');
      expect(await server.gone).toBe(0);
      expect(healthy()).toBe(1);
      expect(filesIn(app)).toEqual(before);
      expect(existsSync(join(data, 'jishan.db'))).toBe(true);
    });

    it('brings along what a start would compile, by the same flags and for the same user', () => {
      const script =
        "await import('./server/fast-start.mjs'); console.log((await import('node:module')).getCompileCacheDir())";
      const kept = inImage('node', '--input-type=module', '-e', script).stdout.trim();
      expect(kept.startsWith(join(app, '.jishan/compiled/'))).toBe(true);
      if (!isRoot) return;
      expect(readdirSync(kept).length).toBeGreaterThan(200);
      expect(statSync(kept).uid).toBe(0);
      expect(inImage('find', kept, '!', '-readable')).toMatchObject({ stdout: '', status: 0 });
    });

    it('has a command line that needs nothing else', () => {
      expect(runs(image)).toContain('ln -s /app/scripts/jishan.mjs /usr/local/bin/jishan');
      const command = join(folder, 'jishan');
      symlinkSync(join(app, 'scripts/jishan.mjs'), command);
      const admin = ['--username', 'wangfang', '--village-name', '前洼村'];
      expect(inImage(command, 'create-admin', ...admin)).toMatchObject({ stderr: '', status: 0 });
      expect(inImage(command, 'reset-password', 'wangfang')).toMatchObject({ stderr: '', status: 0 });
      expect(inImage(command, 'backup')).toMatchObject({ status: 0 });
      expect(inImage(command, 'verify', '--json')).toMatchObject({ stderr: '', status: 0 });
    });

    /** Runs a command like `docker compose exec jishan …` does. */
    function inImage(...line: string[]) {
      const [program = '', ...args] = [...asNobody, ...line];
      const env = { ...environment, DATA_DIR: data, PATH: searchPath };
      return spawnSync(program, args, { cwd: app, env, encoding: 'utf8' });
    }

    /** Runs the build's step that fills the compile cache, with a number for the user's name. */
    function compile(): void {
      const line = runs(image).find((one) => one.includes('flushCompileCache')) ?? '';
      if (!isRoot) return;
      const byNumber = line.replaceAll('=node', `=${NOBODY}`).replace('-o node', `-o ${NOBODY}`);
      execFileSync('sh', ['-c', byNumber], { cwd: app, env: { ...environment, PATH: searchPath } });
    }

    function chmodEverything(mode: string): void {
      execFileSync('chmod', ['-R', mode, app]);
    }
  });
});

describe('the composition', () => {
  const text = readFileSync(join(root, 'deploy/compose.yaml'), 'utf8');

  it('has no village’s name but the one that is given, and does not start without', () => {
    expect(text).not.toMatch(/example\.(?:cn|com)/);
    expect(text).toMatch(/PUBLIC_URL: 'https:\/\/\$\{JISHAN_NAME:\?[^}]+\}'/);
    expect(text).toContain('JISHAN_NAME: ${JISHAN_NAME}');
    expect(readFileSync(join(root, 'deploy/Caddyfile'), 'utf8')).toContain(
      'https://{$JISHAN_NAME:points.example.cn} {',
    );
  });
});

/** The files and folders of the project that the image has. */
function copied(): { path: string }[] {
  return called('COPY', image).map((copy) => {
    const [from = '', to = ''] = words(copy);
    const path = from.replace('/app/', '');
    if (to !== `./${path}` && to !== './') throw new Error(`copied to another place: ${from} ${to}`);
    return { path };
  });
}

/** Whether the build makes this path inside the image, so that it must not come from the project's folder. */
function made(path: string): boolean {
  return ['node_modules', 'dist'].includes(path);
}

function runs(among: Instruction[]): string[] {
  return called('RUN', among).map((run) => run.getArgumentsContent() ?? '');
}

/** The words of an instruction in exec form. */
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
