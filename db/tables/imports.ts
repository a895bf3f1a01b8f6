import type { Kit } from '#engine';
import type { ImportEffect, ImportOutcome } from '../../shared/imports/contract.ts';
import type { PaperKind, PaperReading, ReadingOptions } from '../../shared/imports/papers.ts';

/** Imports under way. Written by server/imports. */
export function importsTables(k: Kit) {
  const imports = k.table(
    'imports',
    {
      villageId: k.text().plain().notNull(),
      id: k.text().plain().notNull(),
      kind: k.text().plain().$type<PaperKind>().notNull(),
      filename: k.text().plain().notNull(),
      /** The upload, kept for reading it again under other options; emptied once committed. */
      bytes: k.bytes().personal('household', 'swept').notNull(),
      options: k.json<ReadingOptions>().plain().notNull(),
      /**
       * The parsed content, whole: the commit writes exactly the rows that were shown. They are emptied once
       * committed.
       */
      reading: k.json<PaperReading>().personal('household', 'swept').notNull(),
      state: k.text().plain().$type<'read' | 'committed'>().notNull(),
      /** The instant of the commit; null before. */
      outcome: k.json<ImportOutcome>().plain(),
      createdBy: k.text().reference().notNull(),
      createdAtMs: k.int().plain().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.id] })],
  );

  /**
   * How far an import is that is being written: told by short commits of its own, while the import is not true yet. It has
   * a table to itself, because a row that holds the paper would be written anew at every step. A step that is old belongs
   * to a process that died.
   */
  const importProgress = k.table(
    'import_progress',
    {
      villageId: k.text().plain().notNull(),
      importId: k.text().plain().notNull(),
      done: k.int().plain().notNull(),
      total: k.int().plain().notNull(),
      /** The changes that it will make, in figures alone. */
      effect: k.json<ImportEffect>().plain().notNull(),
      toldAtMs: k.int().plain().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.importId] })],
  );

  /**
   * Rows that an import has ready, until its one commit puts them where they belong. A row that was left behind belongs to
   * a process that died.
   */
  const stagedRows = k.table(
    'staged_rows',
    {
      villageId: k.text().plain().notNull(),
      importId: k.text().plain().notNull(),
      /** Each time that the import is prepared has its own. */
      run: k.text().plain().notNull(),
      place: k.int().plain().notNull(),
      /** The table, and for a row that changes the columns that do: db/staged-rows.ts. */
      statement: k.text().plain().notNull(),
      value: k.json<readonly unknown[]>().personal('household', 'swept').notNull(),
      stagedAtMs: k.int().plain().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.importId, t.run, t.place] })],
  );

  return { imports, importProgress, stagedRows };
}
