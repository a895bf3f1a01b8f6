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
      /** The upload, for reading it again under other options; emptied once committed. */
      bytes: k.bytes().personal('household', 'swept').notNull(),
      options: k.json<ReadingOptions>().plain().notNull(),
      /** What was understood, whole: what was shown is what is written. Its rows are emptied once committed. */
      reading: k.json<PaperReading>().personal('household', 'swept').notNull(),
      state: k.text().plain().$type<'read' | 'committed'>().notNull(),
      /** Of the commit; null before. */
      outcome: k.json<ImportOutcome>().plain(),
      createdBy: k.text().reference().notNull(),
      createdAtMs: k.int().plain().notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.villageId, t.id] })],
  );

  return { imports };
}
