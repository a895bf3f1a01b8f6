import { z } from 'zod';
import type { OperationsOf } from '../operation.ts';
import { done, instantMs } from '../fields.ts';
import type { endpoints } from './endpoints.ts';

/** Why a backup was made; each kind is kept by a rule of its own (server/backups/retention.ts). */
export const BACKUP_KINDS = ['daily', 'asked', 'migration', 'restore', 'upload'] as const;
export const backupKind = z.enum(BACKUP_KINDS);
export type BackupKind = z.infer<typeof backupKind>;

export const backupFailure = z.object({
  atMs: instantMs,
  kind: backupKind,
  code: z.string().describe('Why, as docs/backup.md lists it'),
  what: z.string().describe('What it is about: a file, a place, a book'),
});
export type BackupFailure = z.infer<typeof backupFailure>;

/**
 * The latest restore from the desk. It is noted in the restored database, because the one before could not know of
 * it.
 */
export interface BackupRestored {
  readonly atMs: number;
  /** The person who asked for it: an id of the database that was replaced. */
  readonly by: string;
  /** The name of the backup in the list. */
  readonly name: string;
  readonly madeAtMs: number;
}

/** The outcome of the last attempt, in the database, so that every server process knows it. */
export interface BackupNote {
  /** Time of the latest backup that was made and verified. */
  readonly madeAtMs: number | null;
  /** The failure of the latest attempt; null if it succeeded. */
  readonly failure: BackupFailure | null;
  readonly restored?: BackupRestored;
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
  restored: z
    .object({
      atMs: instantMs,
      by: z.string().describe('Who had it done; their id where the restored book does not know them'),
      name,
      madeAtMs: instantMs,
    })
    .nullable()
    .describe('Of the latest restoring from the desk'),
  folder: z.string(),
  copyFolder: z.string().nullable(),
  uploadBytesMax: z.int().min(1).describe('Of a file that is sent to be restored'),
  isShared: z
    .boolean()
    .describe('Several villages share the database: nothing is taken away or restored from here'),
});

/** A file is sent in pieces of at most this size. Each is a small request, and only a lost one is sent again. */
export const PIECE_BYTES_MAX = 4 * 1024 * 1024;

const uploadParams = z.object({
  upload: z
    .string()
    .regex(/^[0-9a-f]{24}$/)
    .describe('As the answer that began it names it'),
});

const confirmed = z.object({ password: z.string().min(1).max(200).describe('The own password, once more') });

export const operations = {
  'backups.list': {
    summary: 'The backups there are, and how they stand',
    summaryZh: '有哪些备份，情况如何',
    access: 'backup.manage',
    response: backupsState,
    errors: [],
  },
  'backups.make': {
    slow: true,
    summary: 'Make one now; answers when it has been verified',
    summaryZh: '现在做一份；核对过才答复',
    access: 'backup.manage',
    body: z.object({}),
    response: backupEntry,
    idempotent: false,
    errors: ['backup.busy', 'backup.failed'],
  },
  'backups.download': {
    slow: true,
    summary: 'A backup to take away. It holds everything, personal data too',
    summaryZh: '带走一份备份。里面有全部数据，也有个人信息',
    access: 'backup.manage',
    params: z.object({ name }),
    body: confirmed,
    response: 'binary',
    files: ['application/gzip'],
    idempotent: false,
    errors: ['auth.wrong', 'auth.locked', 'backup.not_found', 'backup.shared'],
  },
  'backups.allowRestore': {
    summary:
      'Allow to restore a backup, once within a day. Hand it in (changes.propose), so that a second person agrees',
    summaryZh: '准许用一份备份恢复，一天内一次。要先提交，由第二个人同意',
    access: 'backup.manage',
    params: z.object({ name }),
    body: z
      .object({
        madeAtMs: instantMs,
        head: backupEntry.shape.books.element.pick({ number: true, hash: true }),
      })
      .describe('As the list shows it; another file is not restored by it'),
    response: done,
    errors: ['backup.shared', 'change.needs_second'],
  },
  'backups.restore': {
    slow: true,
    summary:
      'Put a backup in the place of everything; the present state is backed up first, and every log-in ends',
    summaryZh: '用一份备份换下全部数据；先备份现状，所有登录都结束',
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
      'backup.other_village',
      'backup.made_elsewhere',
      'change.needs_second',
      'backup.busy',
      'backup.not_restored',
      'backup.outcome_unknown',
    ],
  },
  'backups.beginUpload': {
    summary: 'Begin to send a backup that lies elsewhere; one begun before and not ended is given up',
    summaryZh: '开始把别处的一份备份传上来；以前开始了没传完的作废',
    access: 'backup.manage',
    body: z.object({ bytes: z.int().min(1).describe('How large the file is') }),
    response: z.object({ ...uploadParams.shape, pieceBytesMax: z.int() }),
    idempotent: false,
    errors: ['backup.shared', 'backup.upload_too_large', 'backup.no_room', 'backup.not_taken'],
  },
  'backups.addPiece': {
    slow: true,
    summary: 'Send the next piece of it; the same piece may be sent again',
    summaryZh: '传下一块；同一块可以再传',
    access: 'backup.manage',
    params: uploadParams,
    query: z.object({ at: z.coerce.number().int().min(0).describe('Where in the file the piece begins') }),
    bodyType: 'application/octet-stream',
    bodyBytesMax: PIECE_BYTES_MAX,
    response: z.object({ received: z.int().min(0).describe('How much of the file is there') }),
    idempotent: false,
    errors: ['backup.shared', 'backup.upload_gone', 'backup.upload_broken', 'backup.not_taken'],
  },
  'backups.endUpload': {
    slow: true,
    summary: 'All was sent: verify it as a backup is verified, and put it on the list',
    summaryZh: '传完了：像备份一样核对，放进列表',
    access: 'backup.manage',
    params: uploadParams,
    body: z.object({}),
    response: backupEntry,
    idempotent: false,
    errors: [
      'backup.shared',
      'backup.upload_gone',
      'backup.upload_broken',
      'backup.busy',
      'backup.other_village',
      'backup.made_elsewhere',
      'backup.no_room',
      'backup.not_taken',
    ],
  },
  'backups.dropUpload': {
    summary: 'Give it up; what was sent is removed',
    summaryZh: '不传了；已传的删掉',
    access: 'backup.manage',
    params: uploadParams,
    body: z.object({}),
    response: z.object({}),
    idempotent: false,
    errors: ['backup.shared', 'backup.upload_gone'],
  },
  'backups.restoring': {
    summary: 'How far the restoring is, for those who wait; asks no database',
    summaryZh: '恢复到哪一步了，给等着的人看；不问数据库',
    access: 'system.read',
    response: backupProgress.extend({ state: z.enum(['none', 'running', 'done', 'failed']) }),
    idempotent: false,
    errors: [],
  },
} as const satisfies OperationsOf<typeof endpoints>;

export { acts } from './acts.ts';
export { guarded } from './guarded.ts';
export { errorWords, tags } from './words.ts';
