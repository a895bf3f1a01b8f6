import type { Kit } from '#engine';
import type { ImportOutcome } from '../../shared/imports/contract.ts';
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

  return { imports };
}
