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
    outboxRows: (answers, { now }) => answers.drop([now.deviceId, now.number]),
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
