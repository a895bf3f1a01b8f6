import { and, eq, getTableColumns } from 'drizzle-orm';
import { ownColumns, type RowOf } from '../../db/index.ts';
import { read } from '../commands/index.ts';

export type StoredRow = RowOf<'outboxRows'>;

/** A row by the device's key and its own. */
export const rowByKey = read<readonly [deviceId: string, key: string], StoredRow | undefined>()({
  name: 'outbox.rowByKey',
  over: {
    outboxRows: (answers, { now }) => answers.change([now.deviceId, now.key], () => now),
  },
  rows: ({ db, t: { outboxRows }, keys }) =>
    db
      .select({ at: keys.at, ...getTableColumns(outboxRows) })
      .from(keys.table)
      .crossJoin(outboxRows)
      .where(
        and(
          eq(outboxRows.villageId, keys.villageId),
          eq(outboxRows.deviceId, keys.part(0)),
          eq(outboxRows.key, keys.part(1)),
        ),
      ),
  answer: ([found]) => found && ownColumns('outboxRows', found),
});

/** The hashes of the rows that a device sent under this number; more than one where its disk was copied. */
export const hashesByNumber = read<readonly [deviceId: string, number: number], readonly string[]>()({
  name: 'outbox.hashesByNumber',
  over: {
    outboxRows: (answers, { now }) =>
      answers.change([now.deviceId, now.number], (hashes) =>
        hashes.includes(now.hash) ? hashes : [...hashes, now.hash],
      ),
  },
  rows: ({ db, t: { outboxRows }, keys }) =>
    db
      .select({ at: keys.at, hash: outboxRows.hash })
      .from(keys.table)
      .crossJoin(outboxRows)
      .where(
        and(
          eq(outboxRows.villageId, keys.villageId),
          eq(outboxRows.deviceId, keys.part(0)),
          eq(outboxRows.number, keys.part(1, outboxRows.number)),
        ),
      ),
  answer: (rows) => rows.map(({ hash }) => hash),
});

/** The entry that was booked under a key, by whichever way. */
export const entryByKey = read<readonly [key: string], number | null>()({
  name: 'outbox.entryByKey',
  over: {
    journal: (answers, { now }) => answers.change([now.idempotencyKey], () => now.number),
  },
  rows: ({ db, t: { journal }, keys }) =>
    db
      .select({ at: keys.at, number: journal.number })
      .from(keys.table)
      .crossJoin(journal)
      .where(and(eq(journal.villageId, keys.villageId), eq(journal.idempotencyKey, keys.part(0)))),
  answer: ([found]) => found?.number ?? null,
});
