import { z } from 'zod';
import type { Operation } from './define.ts';
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

const name = z
  .string()
  .regex(/^jishan-\d{8}-\d{6}-[a-z]{5,9}\.backup$/)
  .describe('As the list names it');

export const backupProgress = z.object({
  phase: z.enum(['write', 'read', 'verify', 'load']),
  done: z.int().min(0),
  total: z.int().min(0),
});

export const backupEntry = z.object({
  name,
  kind: backupKind,
  madeAtMs: instantMs,
  bytes: z.int().min(0),
  books: z
    .array(z.object({ name: z.string(), number: z.int().min(0), hash: z.string() }))
    .describe('The head of each book, as the backup has it'),
  isCopied: z
    .boolean()
    .nullable()
    .describe('Whether it is in the second place too; null where there is none'),
});

export const backupsState = z.object({
  items: z.array(backupEntry).describe('Latest first; each one was verified before it got its name'),
  lastMadeAtMs: instantMs
    .nullable()
    .describe('Of the latest one any server process made; the list has those of this one’s folder'),
  running: backupProgress.nullable(),
  failure: backupFailure.nullable().describe('Of the latest attempt, where it failed'),
  folder: z.string(),
  copyFolder: z.string().nullable(),
  isShared: z
    .boolean()
    .describe('Several villages share the database: nothing is taken away or restored from here'),
});

const confirmed = z.object({ password: z.string().min(1).max(200).describe('The own password, once more') });

export const backupsOperations = {
  'backups.list': {
    summary: 'The backups there are, and how they stand',
    access: 'backup.manage',
    response: backupsState,
    errors: [],
  },
  'backups.make': {
    summary: 'Make one now; answers when it has been verified',
    access: 'backup.manage',
    body: z.object({}),
    response: backupEntry,
    idempotent: false,
    errors: ['backup.busy', 'backup.failed'],
  },
  'backups.download': {
    summary: 'A backup to take away. It holds everything, personal data too',
    access: 'backup.manage',
    params: z.object({ name }),
    body: confirmed,
    response: 'binary',
    files: ['application/gzip'],
    idempotent: false,
    errors: ['auth.wrong', 'auth.locked', 'backup.not_found', 'backup.shared'],
  },
  'backups.restore': {
    summary:
      'Put a backup in the place of everything; the present state is backed up first, and every log-in ends',
    access: 'backup.manage',
    params: z.object({ name }),
    body: confirmed.extend({ villageName: z.string().max(60).describe('The own village’s name, typed out') }),
    response: z.object({
      madeAtMs: instantMs,
      books: backupEntry.shape.books,
      keptAside: z.string().nullable().describe('Where what was there before is now'),
    }),
    idempotent: false,
    errors: [
      'auth.wrong',
      'auth.locked',
      'backup.village_name',
      'backup.not_found',
      'backup.shared',
      'backup.busy',
      'backup.not_restored',
    ],
  },
  'backups.restoring': {
    summary: 'How far the restoring is, for those who wait; asks no database',
    access: 'system.read',
    response: backupProgress.extend({ state: z.enum(['none', 'running', 'done', 'failed']) }),
    idempotent: false,
    errors: [],
  },
} as const satisfies Record<string, Operation>;
