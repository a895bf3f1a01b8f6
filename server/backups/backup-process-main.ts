/** A process of its own that makes, restores or takes one backup: the server it works for keeps its breath and its memory. */
import '../fast-start.mjs';
import { setPriority } from 'node:os';
import type { BackupKind } from '../../shared/backups/contract.ts';
import type { BackupOrder, ChildSays, StopWord } from './backup-process.ts';
import type { Work } from './write.ts';

const { openAsItIs, schemaState, UnknownSchema } = await import('../../db/index.ts');
const { readVersion } = await import('../version.ts');
const { faultText } = await import('../redact-error.ts');
const { BackupFault } = await import('./fault.ts');
const { isMadeHere, keysSent } = await import('./backup-mac.ts');
const { readTrailer } = await import('./read.ts');
const { restore } = await import('./restore.ts');
const { makeOnShelf, takeOntoShelf } = await import('./backup-folder.ts');

const ending = new AbortController();
const work: Work = {
  signal: ending.signal,
  onProgress: (phase, done, total) => say({ progress: { phase, done, total } }),
  // Out before the deed: the server knows then that it may be done, even if it hears no more.
  atTurn: () => told({ turns: true }),
};
// The server is gone or wants it ended: a draft is cleared away.
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
    // What sorting does not hold in memory: the system's own place for it is memory in a container.
    process.env.SQLITE_TMPDIR ??= order.shelf.folder;
    await refuseReplaced(order);
    const { task } = order;
    const keys = keysSent(order.keys);
    if ('make' in task) await make(order, task.make);
    else if ('restore' in task) await putBack(order, task.restore);
    else if ('know' in task) say({ isMadeHere: isMadeHere(keys, await readTrailer(task.know, work)) });
    else say({ taken: await takeOntoShelf(order.shelf, { ...task.take, keys, atMs: Date.now() }, work) });
  } catch (error) {
    if (error instanceof BackupFault) say({ fault: { code: error.code, what: error.what, bad: error.bad } });
    else say({ failed: faultText(error) });
  }
  if (process.connected) process.disconnect();
}

/** Under a server of another version: this process would bring its database up to date below it, and know other tables. */
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

async function putBack({ dataDir, databaseUrl, keys }: BackupOrder, file: string): Promise<void> {
  const target = { dataDir, databaseUrl, clock: Date.now, force: true, keys: keysSent(keys) };
  say({ restored: await restore(target, file, work) });
}

/** Whoever is waiting at the counter comes first. */
function giveWay(): void {
  try {
    setPriority(10);
  } catch {
    // Not everywhere allowed.
  }
}

function say(word: ChildSays): void {
  void told(word);
}

/** Resolves when it is on its way. */
function told(word: ChildSays): Promise<void> {
  return new Promise((resolve) => {
    // Whoever has gone meanwhile is told nothing; that it has gone is heard of above.
    if (process.connected && process.send) process.send(word, () => resolve());
    else resolve();
  });
}
