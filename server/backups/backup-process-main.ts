/**
 * The main file of a separate process that makes, restores or takes one backup. The server's event loop and memory
 * stay free.
 */
import '../fast-start.mjs';
import { setPriority } from 'node:os';
import type { BackupKind } from '../../shared/backups/contract.ts';
import type { BackupOrder, ChildSays, StopWord } from './backup-process.ts';
import type { RestoredBy } from './restored-act.ts';
import type { BackupRun } from './write.ts';

const { openAsItIs, schemaState, UnknownSchema } = await import('../../db/index.ts');
const { readVersion } = await import('../version.ts');
const { faultText } = await import('../redact-error.ts');
const { BackupFault } = await import('./fault.ts');
const { isMadeHere, keysSent } = await import('./backup-mac.ts');
const { readTrailer } = await import('./read.ts');
const { restore } = await import('./restore.ts');
const { makeOnShelf, takeOntoShelf } = await import('./backup-folder.ts');

const ending = new AbortController();
const work: BackupRun = {
  signal: ending.signal,
  onProgress: (phase, done, total) => say({ progress: { phase, done, total } }),
  // Sent before the swap. If this process dies afterwards, the server reports the outcome as unknown.
  atTurn: () => told({ turns: true }),
};
// The server has ended or has given up this task. The abort makes the work remove its draft.
process.once('disconnect', () => ending.abort());
process.on('SIGINT', () => undefined);
process.on('uncaughtException', (error) => {
  process.stderr.write(faultText(error));
  process.exit(1);
});

process.on('message', (word: BackupOrder | StopWord) => {
  if ('stop' in word) ending.abort();
  else void obey(word);
});

async function obey(order: BackupOrder): Promise<void> {
  try {
    giveWay();
    // SQLite writes large sorts to a temporary file. The system's temporary folder is memory in a container, so the
    // backup folder is used.
    process.env.SQLITE_TMPDIR ??= order.shelf.folder;
    await refuseReplaced(order);
    const { task } = order;
    const keys = keysSent(order.keys);
    if ('make' in task) await make(order, task.make);
    else if ('restore' in task) await putBack(order, task.restore, task.by);
    else if ('know' in task) say({ isMadeHere: isMadeHere(keys, await readTrailer(task.know, work)) });
    else say({ taken: await takeOntoShelf(order.shelf, { ...task.take, keys, atMs: Date.now() }, work) });
  } catch (error) {
    if (error instanceof BackupFault) say({ fault: { code: error.code, what: error.what, bad: error.bad } });
    else say({ failed: faultText(error) });
  }
  if (process.connected) process.disconnect();
}

/**
 * Refuses when the program's files are of another version than the running server. This process would migrate the
 * server's database under it, and know other tables.
 */
async function refuseReplaced({ dataDir, databaseUrl, version }: BackupOrder): Promise<void> {
  const own = readVersion();
  if (own !== version) throw new BackupFault('replaced', { what: `${version} → ${own}` });
  try {
    const state = await schemaState({ dataDir, databaseUrl });
    if (state !== null && state.pending > 0) throw new BackupFault('replaced', { what: version });
  } catch (error) {
    throw error instanceof UnknownSchema
      ? new BackupFault('replaced', { what: version, cause: error })
      : error;
  }
}

async function make(
  { dataDir, databaseUrl, shelf, version, keys }: BackupOrder,
  kind: BackupKind,
): Promise<void> {
  const store = await openAsItIs({ dataDir, databaseUrl, connectionsMax: 2 });
  try {
    const maker = { store, clock: Date.now, version, keys: keysSent(keys) };
    const made = await makeOnShelf(maker, shelf, kind, work);
    const { copyFault, ...backup } = made;
    say({ made: backup, copyFault: copyFault?.what ?? null });
  } finally {
    await store.close();
  }
}

async function putBack(
  { dataDir, databaseUrl, keys }: BackupOrder,
  file: string,
  by: RestoredBy,
): Promise<void> {
  const target = { dataDir, databaseUrl, clock: Date.now, force: true, by, keys: keysSent(keys) };
  say({ restored: await restore(target, file, work) });
}

/** Lowers the priority of this process: the server's requests come first. */
function giveWay(): void {
  try {
    setPriority(10);
  } catch {
    // Some systems do not allow it.
  }
}

function say(word: ChildSays): void {
  void told(word);
}

/** Resolves when the message was handed to the channel. */
function told(word: ChildSays): Promise<void> {
  return new Promise((resolve) => {
    // Nothing can be sent without a connection. The `disconnect` handler above notices that the server has gone.
    if (process.connected && process.send) process.send(word, () => resolve());
    else resolve();
  });
}
