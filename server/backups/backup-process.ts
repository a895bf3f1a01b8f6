import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Store } from '../../db/index.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import type { BackupKind } from '../../shared/backups/contract.ts';
import { BackupFault, type BackupFaultCode } from './fault.ts';
import { type BackupKeys, isMadeHere, keysToSend, type SentKeys } from './backup-mac.ts';
import { readTrailer } from './read.ts';
import { restore, type RestoreReport } from './restore.ts';
import type { RestoredBy } from './restored-act.ts';
import {
  type Incoming,
  type Made,
  makeOnShelf,
  type Shelf,
  type Shelved,
  takeOntoShelf,
} from './backup-folder.ts';
import type { Phase, BackupRun } from './write.ts';

/** Makes one backup and puts it on the shelf. */
export type MakeBackup = (kind: BackupKind, work: BackupRun, store: Store) => Promise<Made>;

/** Replaces the database with a backup and keeps the old one aside. Nobody may have the database open meanwhile. */
export type RestoreBackup = (file: string, by: RestoredBy, work: BackupRun) => Promise<RestoreReport>;

/** Verifies a file from elsewhere and puts it on the shelf. */
export type TakeFile = (incoming: Incoming, work: BackupRun) => Promise<Shelved>;

/** Says whether a backup of the shelf was made with this server's secret. */
export type KnowFile = (file: string, work: BackupRun) => Promise<boolean>;

/** Makes and restores backups, and takes those that come from elsewhere. */
export interface Worker {
  readonly make: MakeBackup;
  readonly restore: RestoreBackup;
  readonly take: TakeFile;
  readonly isMadeHere: KnowFile;
}

/** Everything that making and restoring backups needs to know about this server. */
export interface BackupPlace {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly shelf: Shelf;
  readonly version: string;
  /** They mark backups as this server's, and recognise them. */
  readonly keys: BackupKeys;
}

/** The message that gives a backup process its one task. */
export interface BackupOrder extends Omit<BackupPlace, 'keys'> {
  readonly keys: SentKeys;
  readonly task:
    | { readonly make: BackupKind }
    | { readonly restore: string; readonly by: RestoredBy }
    | { readonly take: Incoming }
    | { readonly know: string };
}

/** Asks the process to end. Its last message then says how that went. */
export interface StopWord {
  readonly stop: true;
}

/** Messages from the backup process. */
export type ChildSays =
  /** The database is about to be replaced. If no message follows, the outcome is unknown. */
  | { readonly turns: true }
  | { readonly progress: { readonly phase: Phase; readonly done: number; readonly total: number } }
  | { readonly made: Shelved; readonly copyFault: string | null }
  | { readonly restored: RestoreReport }
  | { readonly taken: Shelved }
  | { readonly isMadeHere: boolean }
  | { readonly fault: { readonly code: BackupFaultCode; readonly what: string; readonly bad: BadRow | null } }
  | { readonly failed: string };

const child = fileURLToPath(new URL('./backup-process-main.ts', import.meta.url));

/**
 * How long a restoring process may take to end. A server has longer for closing its books
 * (server/graceful-shutdown.ts).
 */
const ENDING_MS_MAX = 6_000;

/** Makes, restores and takes backups in a separate process of lower priority. That process ends when this one does. */
export function apart(place: BackupPlace): Worker {
  return {
    async make(kind, work) {
      const said = await run(place, { make: kind }, work);
      if (!('made' in said)) throw new Error('no backup was made');
      const { made, copyFault } = said;
      return {
        ...made,
        copyFault: copyFault === null ? null : new BackupFault('no_copy', { what: copyFault }),
      };
    },
    async restore(file, by, work) {
      const said = await run(place, { restore: file, by }, work);
      if (!('restored' in said)) throw new Error('nothing was restored');
      return said.restored;
    },
    async take(incoming, work) {
      const said = await run(place, { take: incoming }, work);
      if (!('taken' in said)) throw new Error('nothing was taken');
      return said.taken;
    },
    async isMadeHere(file, work) {
      const said = await run(place, { know: file }, work);
      return 'isMadeHere' in said && said.isMadeHere;
    },
  };
}

/** Does the same in this process, for small databases and tests. */
export function inHere(place: BackupPlace & { readonly clock: () => number }): Worker {
  const { shelf, clock, version, keys } = place;
  return {
    make: (kind, work, store) => makeOnShelf({ store, clock, version, keys }, shelf, kind, work),
    restore: (file, by, work) => restore({ ...place, force: true, by }, file, work),
    take: (incoming, work) => takeOntoShelf(shelf, { ...incoming, keys, atMs: clock() }, work),
    isMadeHere: async (file, work) => isMadeHere(keys, await readTrailer(file, work)),
  };
}

function run(
  { dataDir, databaseUrl, shelf, version, keys }: BackupPlace,
  task: BackupOrder['task'],
  work: BackupRun,
): Promise<ChildSays> {
  return new Promise((resolve, reject) => {
    if (work.signal?.aborted) {
      reject(brokenOff());
      return;
    }
    const process = fork(child, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    let hasTurned = false;
    let killing: NodeJS.Timeout | undefined;
    const stop = () => {
      if ('restore' in task) {
        // It may be replacing the database now. Nobody may open or judge the database before it has ended.
        const word: StopWord = { stop: true };
        if (process.connected) process.send(word, () => undefined);
        killing = setTimeout(() => process.kill('SIGKILL'), ENDING_MS_MAX);
        return;
      }
      // It removes its draft by itself; nobody has to wait for that.
      if (process.connected) process.disconnect();
      reject(brokenOff());
    };
    work.signal?.addEventListener('abort', stop, { once: true });
    process.once('error', reject);
    process.once('close', (code, signal) => {
      work.signal?.removeEventListener('abort', stop);
      clearTimeout(killing);
      // The process has closed its files. Node has read its last message, but may report it only after `close`.
      setImmediate(() => {
        if (answer) resolve(answer);
        const what = `the backup’s process ended (${signal ?? String(code)})`;
        reject(hasTurned ? new BackupFault('outcome_unknown', { what }) : new Error(what));
      });
    });
    let answer: ChildSays | undefined;
    process.on('message', (word: ChildSays) => {
      if ('progress' in word) work.onProgress?.(word.progress.phase, word.progress.done, word.progress.total);
      else if ('turns' in word) hasTurned = true;
      else if ('fault' in word) reject(new BackupFault(word.fault.code, word.fault));
      else if ('failed' in word) reject(new Error(word.failed));
      else answer = word;
    });
    const order: BackupOrder = { dataDir, databaseUrl, shelf, version, keys: keysToSend(keys), task };
    process.send(order);
  });
}

function brokenOff(): Error {
  return new Error('a backup was broken off');
}
