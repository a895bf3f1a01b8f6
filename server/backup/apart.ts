import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { BadRow } from '../../shared/contract/ledger.ts';
import type { BackupKind } from '../../shared/contract/backups.ts';
import { BackupFault, type BackupFaultCode } from './fault.ts';
import type { Made, Shelf, Shelved } from './shelf.ts';
import type { Phase, Work } from './write.ts';

/** Makes one backup and puts it on the shelf. */
export type MakeBackup = (kind: BackupKind, work: Work) => Promise<Made>;

/** What a process that makes a backup is told. */
export interface BackupOrder {
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly shelf: Shelf;
  readonly kind: BackupKind;
  readonly version: string;
}

/** What it says back. */
export type ChildSays =
  | { readonly progress: { readonly phase: Phase; readonly done: number; readonly total: number } }
  | { readonly made: Shelved; readonly copyFault: string | null }
  | { readonly fault: { readonly code: BackupFaultCode; readonly what: string; readonly bad: BadRow | null } }
  | { readonly failed: string };

const child = fileURLToPath(new URL('./child.ts', import.meta.url));

/** Has backups made by a process of their own, at a lower priority; it ends when this one does. */
export function makeApart({ dataDir, databaseUrl, shelf, version }: Omit<BackupOrder, 'kind'>): MakeBackup {
  return (kind, work) =>
    new Promise<Made>((resolve, reject) => {
      const process = fork(child, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
      const stop = () => {
        // It clears its draft away by itself; nobody has to wait for that.
        if (process.connected) process.disconnect();
        reject(new Error('a backup was broken off'));
      };
      work.signal?.addEventListener('abort', stop, { once: true });
      process.once('error', reject);
      process.once('exit', (code, signal) => {
        work.signal?.removeEventListener('abort', stop);
        // After an answer this says nothing more.
        reject(new Error(`the backup’s process ended (${signal ?? String(code)})`));
      });
      process.on('message', (word: ChildSays) => {
        if ('progress' in word)
          work.onProgress?.(word.progress.phase, word.progress.done, word.progress.total);
        else if ('made' in word) {
          const copyFault =
            word.copyFault === null ? null : new BackupFault('no_copy', { what: word.copyFault });
          resolve({ ...word.made, copyFault });
        } else if ('fault' in word) reject(new BackupFault(word.fault.code, word.fault));
        else reject(new Error(word.failed));
      });
      process.send({ dataDir, databaseUrl, shelf, version, kind } satisfies BackupOrder);
    });
}
