import { z } from 'zod';
import { instantMs } from './fields.ts';

/** Why a backup was made; each kind is kept by a rule of its own (server/backup/keep.ts). */
export const BACKUP_KINDS = ['daily', 'asked', 'migration', 'restore'] as const;
export const backupKind = z.enum(BACKUP_KINDS);
export type BackupKind = z.infer<typeof backupKind>;

export const backupFailure = z.object({
  atMs: instantMs,
  kind: backupKind,
  code: z.string().describe('Why, as docs/backup.md lists it'),
  what: z.string().describe('What it is about: a file, a place, a book'),
});
export type BackupFailure = z.infer<typeof backupFailure>;

/** What is kept in the database of the last attempt, so that every server process knows. */
export interface BackupNote {
  /** Of the latest backup that was made and verified. */
  readonly madeAtMs: number | null;
  /** Of the latest attempt, where it failed. */
  readonly failure: BackupFailure | null;
}
