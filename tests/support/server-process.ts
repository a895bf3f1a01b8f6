/** Runs the server as a process, so that a test can kill it, limit it and start it again on the same data. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

export interface Place {
  readonly dataDir: string;
  /** Undefined means SQLite in `dataDir`. */
  readonly databaseUrl: string | undefined;
  /** Further settings of servers and commands. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface ServerProcess {
  readonly child: ChildProcess;
  /** The server's address. It is null when the process ended before it printed one. */
  readonly origin: Promise<string | null>;
  /** The exit code. It is null when a signal ended the process. */
  readonly gone: Promise<number | null>;
  readonly said: { out: string; errors: string };
  kill(signal?: NodeJS.Signals): Promise<void>;
}

export interface Launching {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** A command that runs the server, such as setpriv or prlimit. */
  readonly under?: readonly string[];
  /** The path of another copy of the program. */
  readonly main?: string;
}

export function environmentOf({ dataDir, databaseUrl, env }: Place): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...env,
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
  };
}

const running = new Set<ServerProcess['said']>();
const LEVEL_OF_ERRORS = /"level":[56]0/;

/** The lines about errors of their own that servers of this process wrote which still run. */
export function errorsOfServers(): string {
  return [...running]
    .flatMap(({ out, errors }) => [...out.split('\n').filter((line) => LEVEL_OF_ERRORS.test(line)), errors])
    .join('\n')
    .slice(-4_000);
}

export function launchServer(
  place: Place,
  { args = [], env = {}, under = [], main = join(root, 'server/main.mjs') }: Launching = {},
): ServerProcess {
  const words = [...under, process.execPath, main, ...args];
  const child = spawn(words[0] ?? '', words.slice(1), {
    env: { ...environmentOf(place), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', errors: '' };
  running.add(said);
  child.stderr.on('data', (chunk: Buffer) => (said.errors += chunk.toString()));
  const gone = once(child, 'close').then(([code]) => {
    running.delete(said);
    return code as number | null;
  });
  const origin = new Promise<string | null>((resolve) => {
    void gone.then(() => resolve(null));
    child.stdout.on('data', (chunk: Buffer) => {
      said.out += chunk.toString();
      const found = /http:\/\/(?:127\.0\.0\.1|localhost):\d+/.exec(said.out);
      if (found && said.out.includes('Ctrl-C')) resolve(found[0]);
    });
  });
  return {
    child,
    origin,
    gone,
    said,
    async kill(signal = 'SIGKILL') {
      child.kill(signal);
      await gone;
    },
  };
}

/** Starts a server that must come up. */
export async function startServer(
  place: Place,
  options: Launching = {},
): Promise<ServerProcess & { readonly url: string }> {
  const server = launchServer(place, options);
  const url = await server.origin;
  if (url === null) throw new Error(`the server ended: ${server.said.errors}${server.said.out}`);
  return { ...server, url };
}

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly errors: string;
}

/** Starts the command line on the same data. */
export function launchCommand(
  place: Place,
  ...words: readonly string[]
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  return launchCommandUnder([], place, ...words);
}

/** Starts the command line under another command, such as prlimit. */
export function launchCommandUnder(
  under: readonly string[],
  place: Place,
  ...words: readonly string[]
): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const line = [...under, process.execPath, join(root, 'scripts/jishan.mjs'), ...words];
  const child = spawn(line[0] ?? '', line.slice(1), {
    env: environmentOf(place),
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [out, errors] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, out, errors }));
  return { child, ended };
}

/** Runs the command line on the same data until it ends. */
export function runCommand(place: Place, ...words: readonly string[]): Promise<Ended> {
  return launchCommand(place, ...words).ended;
}
