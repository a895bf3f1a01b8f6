/** A process of its own that makes one backup: the server it works for keeps its breath and its memory. */
import '../fast-start.ts';
import { setPriority } from 'node:os';
import type { BackupOrder, ChildSays } from './apart.ts';

const { openStore } = await import('../../db/index.ts');
const { BackupFault } = await import('./fault.ts');
const { makeOnShelf } = await import('./shelf.ts');

const ending = new AbortController();
// The server is gone or wants it ended: a draft is cleared away.
process.once('disconnect', () => ending.abort());
process.on('SIGINT', () => undefined);

process.once('message', (order: BackupOrder) => void make(order));

async function make({ dataDir, databaseUrl, shelf, kind, version }: BackupOrder): Promise<void> {
  try {
    giveWay();
    const store = await openStore({ dataDir, databaseUrl, connectionsMax: 2 });
    try {
      const made = await makeOnShelf({ store, clock: Date.now, version }, shelf, kind, {
        signal: ending.signal,
        onProgress: (phase, done, total) => say({ progress: { phase, done, total } }),
      });
      const { copyFault, ...backup } = made;
      say({ made: backup, copyFault: copyFault?.what ?? null });
    } finally {
      await store.close();
    }
  } catch (error) {
    if (error instanceof BackupFault) say({ fault: { code: error.code, what: error.what, bad: error.bad } });
    else say({ failed: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
  if (process.connected) process.disconnect();
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
  if (process.connected) process.send?.(word);
}
