/**
 * Runs one private PostgreSQL for as long as its parent lives: `node postgres-guard.ts BIN_DIR [FOLDER]`.
 *
 * It makes a cluster in a temporary folder, starts it on a free loopback port and prints one JSON line
 * `{"port": …, "socketDir": …}`. When its standard input ends (the parent asked, was interrupted or was
 * killed), it stops the server and removes the folder. A parent that dies by SIGKILL leaves nothing behind.
 *
 * Until then it takes orders, a line each, and answers each with a line: `kill` (SIGKILL, as when memory runs out),
 * `stop` (an immediate stop, as when the power goes), `start` (again, on the same data and port).
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';

interface Account {
  uid: number;
  gid: number;
}

const binDir = process.argv[2];
if (binDir === undefined) throw new Error('usage: postgres-guard.ts BIN_DIR');

/** PostgreSQL refuses to run as root: there, it runs as `postgres`, or as `nobody`. */
function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const rows = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const row = rows.find((r) => r[0] === 'postgres') ?? rows.find((r) => r[0] === 'nobody');
  if (row === undefined)
    throw new Error('Running as root, and there is no user "postgres" to run PostgreSQL as');
  return { uid: Number(row[2]), gid: Number(row[3]) };
}

function makeCluster(bin: string, root: string, account: Account | undefined): string {
  if (account !== undefined) chownSync(root, account.uid, account.gid);
  const dataDir = join(root, 'data');
  const base = [
    '-D',
    dataDir,
    '-U',
    'postgres',
    '-A',
    'trust',
    '-E',
    'UTF8',
    '--no-instructions',
    '--no-sync',
  ];
  // A linguistic collation, as most installed servers have: code that leans on byte order must fail here.
  const icu = [...base, '--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=zh'];
  const options = { ...account, cwd: root, stdio: ['ignore', 'ignore', 'pipe'] as ('ignore' | 'pipe')[] };
  try {
    execFileSync(join(bin, 'initdb'), icu, options);
  } catch {
    rmSync(dataDir, { recursive: true, force: true });
    execFileSync(join(bin, 'initdb'), [...base, '--locale=C'], options);
  }
  return dataDir;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
}

function startServer(bin: string, dataDir: string, root: string, port: number, account: Account | undefined) {
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: root,
    max_connections: '300',
    log_min_messages: 'panic',
  };
  const args = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(bin, 'postgres'), ['-D', dataDir, ...args], {
    ...account,
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return child;
}

async function answers(bin: string, root: string, port: number, server: ChildProcess): Promise<boolean> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (server.exitCode !== null || server.signalCode !== null) return false;
    try {
      execFileSync(join(bin, 'pg_isready'), ['-q', '-U', 'postgres', '-h', root, '-p', String(port)], {
        stdio: 'ignore',
      });
      return true;
    } catch {
      await sleep(100);
    }
  }
  return false;
}

// Ctrl-C reaches every process of the terminal; the end of standard input is the only word we go by.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

/** Ends it without ceremony and waits until it is gone, and the processes with it that still answer for a moment. */
async function endAt(signal: 'SIGKILL' | 'SIGQUIT'): Promise<void> {
  if (server?.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise((resolve) => server?.once('exit', resolve));
  const { pid = 0 } = server;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  server.kill(signal);
  await gone;
  while (children.some((child) => existsSync(`/proc/${child}/exe`))) await sleep(20);
}

/** After a kill the processes it left behind need a moment to notice, and until then it refuses to start. */
async function startAgain(bin: string, dataDir: string, port: number): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    server = startServer(bin, dataDir, root, port, account);
    if (await answers(bin, root, port, server)) return;
    await sleep(100);
  }
  throw new Error('PostgreSQL did not start again');
}

const lines = createInterface({ input: process.stdin });
process.stdin.once('error', () => lines.close());
// Asked for now, so that nothing said while the cluster is made is lost.
const orders = lines[Symbol.asyncIterator]();

const root = mkdtempSync(join(process.argv[3] ?? tmpdir(), 'jishan-pg-'));
const account = serverAccount();
let server: ChildProcess | undefined;
try {
  const dataDir = makeCluster(binDir, root, account);
  let port = 0;
  let ready = false;
  for (let attempt = 0; attempt < 5 && !ready; attempt += 1) {
    port = await freePort();
    server = startServer(binDir, dataDir, root, port, account);
    ready = await answers(binDir, root, port, server);
    if (ready) process.stdout.write(`${JSON.stringify({ port, socketDir: root })}\n`);
  }
  if (!ready) throw new Error('PostgreSQL did not start');
  for await (const order of orders) {
    if (order === 'start') await startAgain(binDir, dataDir, port);
    else await endAt(order === 'kill' ? 'SIGKILL' : 'SIGQUIT');
    process.stdout.write('done\n');
  }
} catch (error) {
  process.exitCode = 1;
  console.error(error instanceof Error ? error.message : error);
} finally {
  await endAt('SIGQUIT'); // at once: nothing in here is kept
  rmSync(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
process.exit();
