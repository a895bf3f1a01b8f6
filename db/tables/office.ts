import { sql } from 'drizzle-orm';
import type { Kit } from '#engine';
import type { BadRow } from '../../shared/contract/ledger.ts';
import type { BackupNote } from '../../shared/contract/backups.ts';
import type { ImportOutcome } from '../../shared/contract/imports.ts';
import type { PicturePurpose } from '../../shared/pictures.ts';
import type { PaperKind, PaperReading, ReadingOptions } from '../../shared/contract/papers.ts';

/** Imports under way, verifications done, photos, chores. Owned by server/imports, books, pictures and backup. */
export function officeTables(k: Kit) {
  const imports = k.table(
    'imports',
    {
      villageId: k.text().notNull(),
      id: k.text().notNull(),
      kind: k.text().$type<PaperKind>().notNull(),
      filename: k.text().notNull(),
      /** The upload, for reading it again under other options; emptied once committed. */
      bytes: k.bytes().notNull(),
      options: k.json<ReadingOptions>().notNull(),
      /** What was understood, whole: what was shown is what is written. Its rows are emptied once committed. */
      reading: k.json<PaperReading>().notNull(),
      state: k.text().$type<'read' | 'committed'>().notNull(),
      /** Of the commit; null before. */
      outcome: k.json<ImportOutcome>(),
      createdBy: k.text().notNull(),
      createdAtMs: k.int().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.id] })],
  );

  const verifications = k.table(
    'verifications',
    {
      villageId: k.text().notNull(),
      id: k.text().notNull(),
      startedAtMs: k.int().notNull(),
      finishedAtMs: k.int().notNull(),
      ok: k.bool().notNull(),
      entries: k.int().notNull(),
      postings: k.int().notNull(),
      headNumber: k.int().notNull(),
      headHash: k.text().notNull(),
      bad: k.json<BadRow>(),
      /** The one of its village that was kept last, whatever the clock said. */
      isLatest: k.bool().notNull().default(false),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.index('verifications_by_time').on(t.villageId, t.finishedAtMs),
      k
        .uniqueIndex('verifications_latest')
        .on(t.villageId)
        .where(sql`${t.isLatest}`),
      // Of all villages' latest the one to be told of comes first: what found something, then the oldest.
      k
        .index('verifications_worst')
        .on(t.ok, t.finishedAtMs)
        .where(sql`${t.isLatest}`),
    ],
  );

  /** Photos, small and without the camera's notes. In the database, so that a backup is whole and every process has them. */
  const pictures = k.table(
    'pictures',
    {
      villageId: k.text().notNull(),
      id: k.text().notNull(),
      purpose: k.text().$type<PicturePurpose>().notNull(),
      mediaType: k.text().notNull(),
      width: k.int().notNull(),
      height: k.int().notNull(),
      sha256: k.text().notNull(),
      bytes: k.bytes().notNull(),
      createdBy: k.text().notNull(),
      createdAtMs: k.int().notNull(),
      /** When a deed or goods first came to show it; null: handed in and nothing more. */
      usedAtMs: k.int(),
    },
    (t) => [
      k.primaryKey({ columns: [t.villageId, t.id] }),
      k.index('pictures_unused').on(t.villageId, t.usedAtMs, t.createdAtMs),
    ],
  );

  /**
   * Work that one server process does for all of them, whoever takes it first. It speaks of processes that run, so
   * it is in no backup.
   */
  const chores = k.table('chores', {
    id: k.text().$type<'backup' | 'sweep'>().primaryKey(),
    /** Who is at it; counts until `heldUntilMs`, so that a process that died holds nobody up. */
    holder: k.text().notNull(),
    heldUntilMs: k.int().notNull(),
    note: k.json<BackupNote>(),
  });

  return { imports, verifications, pictures, chores };
}
