import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { findPostgresBin } from './tools.ts';

export interface PrivatePostgres {
  /** Connection string of the maintenance database, as superuser. */
  url: string;
  /** Ends it or starts it again, on the same data and port (postgres-guard.ts says how). */
  order: (what: 'kill' | 'stop' | 'start') => Promise<void>;
  stop: () => Promise<void>;
}

/**
 * Starts a PostgreSQL of our own, durable as in real life, or tells that the machine has none. Its data is in a
 * temporary folder unless another one is given.
 */
export async function startPrivatePostgres(folder?: string): Promise<PrivatePostgres | undefined> {
  const bin = findPostgresBin();
  if (bin === undefined) return undefined;
  const program = fileURLToPath(new URL('postgres-guard.ts', import.meta.url));
  const guard = spawn(process.execPath, [program, bin, ...(folder === undefined ? [] : [folder])], {
    stdio: ['pipe', 'pipe', 'inherit'],
    detached: true,
  });
  const gone = once(guard, 'exit');
  const lines = createInterface({ input: guard.stdout });
  const first = await Promise.race([once(lines, 'line'), gone.then(() => undefined)]);
  if (first === undefined) throw new Error('The private PostgreSQL did not start');
  const { port } = JSON.parse(String(first[0])) as { port: number };
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    async order(what) {
      const answered = once(lines, 'line');
      guard.stdin.write(`${what}\n`);
      if ((await Promise.race([answered, gone.then(() => undefined)])) === undefined)
        throw new Error('The private PostgreSQL is gone');
    },
    async stop() {
      guard.stdin.end();
      await gone;
    },
  };
}
