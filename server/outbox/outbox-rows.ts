import { and, eq, getTableColumns, gt, sql } from 'drizzle-orm';
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

/** The sum that a device handed out without an answer since it last had nothing to send, as far as its rows have come. */
export const amountSinceHeard = read<readonly [deviceId: string], number>()({
  name: 'outbox.amountSinceHeard',
  over: {
    outboxRows(answers, { was, now }) {
      const more = amountHere(now) - (was === null ? 0 : amountHere(was));
      if (more !== 0) answers.change([now.deviceId], (sum) => sum + more);
    },
    // Heard of in a transaction of its own, after the rows.
    outboxDevices: 'apart',
  },
  rows: ({ db, t: { outboxRows: rows, outboxDevices: devices }, keys }) =>
    db
      .select({ at: keys.at, sum: sql<number>`sum(${rows.amount})`.mapWith(Number).as('sum') })
      .from(keys.table)
      .crossJoin(devices)
      .innerJoin(rows, and(eq(rows.villageId, devices.villageId), eq(rows.deviceId, devices.id)))
      .where(
        and(
          ...[eq(devices.villageId, keys.villageId), eq(devices.id, keys.part(0))],
          // Written out, so that the database sees that the index of these rows is meant.
          ...[sql`${rows.doneHow} = 'here'`, gt(rows.receivedAtMs, sql`coalesce(${devices.emptyAtMs}, 0)`)],
        ),
      )
      .groupBy(sql`${keys.at}`),
  answer: ([found]) => found?.sum ?? 0,
});

function amountHere({ doneHow, amount }: Pick<StoredRow, 'doneHow' | 'amount'>): number {
  return doneHow === 'here' ? (amount ?? 0) : 0;
}

/** When the entry of this number was booked; null: there is none. */
export const bookedAt = read<readonly [number: number], number | null>()({
  name: 'outbox.bookedAt',
  over: {
    journal: (answers, { now }) => answers.change([now.number], () => now.bookedAtMs),
  },
  rows: ({ db, t: { journal }, keys }) =>
    db
      .select({ at: keys.at, bookedAtMs: journal.bookedAtMs })
      .from(keys.table)
      .crossJoin(journal)
      .where(and(eq(journal.villageId, keys.villageId), eq(journal.number, keys.part(0, journal.number)))),
  answer: ([found]) => found?.bookedAtMs ?? null,
});
