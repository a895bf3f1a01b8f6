import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { SECRETS } from '../support/served.ts';
import type { Place } from './shop.ts';

const ROOT = join(import.meta.dirname, '../..');
/** The program as a village runs it, or the reference. */
const PROGRAMS = { server: 'server/main.mjs', idle: 'tests/bench/idle-process.ts' } as const;

export interface Running {
  readonly url: string;
  /** Milliseconds from the spawn to the first line with the address. */
  readonly startMs: number;
  /** Memory the process holds now, megabytes. */
  memoryMb(): number;
  /** The anonymous part of that memory, without Node's program text, which the system shares and may drop. */
  ownMemoryMb(): number;
  /** Processor time it has used so far, milliseconds. */
  cpuMs(): number;
  stop(): Promise<void>;
}

/** Starts the program on a free port; `root` is the folder of another version of it. Its log goes into a pipe that is read, like the log of a service. */
export async function startProcess(
  program: keyof typeof PROGRAMS,
  { dataDir, databaseUrl }: Place,
  { flags = [], root = ROOT }: { readonly flags?: readonly string[]; readonly root?: string } = {},
): Promise<Running> {
  const startedMs = performance.now();
  const child = spawn(process.execPath, [...startFlags(root), ...flags, join(root, PROGRAMS[program])], {
    cwd: root,
    env: {
      ...process.env,
      PORT: '0',
      HOST: '127.0.0.1',
      DATA_DIR: dataDir,
      JISHAN_SECRET: SECRETS.current,
      ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit');
  const url = await listening(child);
  const startMs = performance.now() - startedMs;
  return {
    url,
    startMs,
    memoryMb: () => statusMb(child, 'VmRSS'),
    ownMemoryMb: () => statusMb(child, 'RssAnon'),
    cpuMs: () => {
      const [, , ...fields] = procFile(child, 'stat').split(/\) |\s/);
      const [user, system] = [Number(fields[11]), Number(fields[12])];
      return (user + system) * 10;
    },
    async stop() {
      child.kill('SIGTERM');
      await Promise.race([gone, wait(15_000)]);
      child.kill('SIGKILL');
    },
  };
}

/** The flags for Node in `npm start`, so that the measured process runs with the same ones. */
function startFlags(root: string): string[] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    scripts: { start: string };
  };
  return scripts.start.split(' ').filter((word) => word.startsWith('--'));
}

async function listening(child: ChildProcess): Promise<string> {
  let printed = '';
  let isThere = false;
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error(`the server ended: ${printed}`)));
    child.stdout?.on('data', (chunk: Buffer) => {
      if (isThere) return;
      printed += chunk.toString();
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(printed);
      isThere = found !== null && printed.includes('Ctrl-C');
      if (isThere) resolve(found?.[0] ?? '');
    });
  });
}

function statusMb(child: ChildProcess, field: 'VmRSS' | 'RssAnon'): number {
  return Number(new RegExp(`${field}:\\s+(\\d+)`).exec(procFile(child, 'status'))?.[1] ?? Number.NaN) / 1024;
}

function procFile({ pid }: ChildProcess, name: string): string {
  return readFileSync(`/proc/${pid}/${name}`, 'utf8');
}
