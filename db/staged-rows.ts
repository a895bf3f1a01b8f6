import { sql, type Table } from 'drizzle-orm';
import { partOf } from './key-table.ts';
import type { Tx } from './store.ts';
import { shapeOf } from './table-shape.ts';
import { added, type RowOf, type TableName, type WrittenRow } from './written-rows.ts';
import {
  changingIn,
  insertStatement,
  updateStatement,
  valuesIn,
  valuesOfChange,
  type Writing,
} from './row-statements.ts';
import { RowsChanged } from './write-rows.ts';

/** Rows that lie ready for a long write. */
export type StagedRun = Pick<RowOf<'stagedRows'>, 'villageId' | 'importId' | 'run'>;

/** So many staged rows are put where they belong by one statement, which takes some 10 ms. */
const ROWS_AT_ONCE = 2000;

/**
 * The rows as they are staged, in pieces that each have a commit of their own. The database then copies them where they
 * belong four times as fast as this process could send them, so that the last commit is short.
 */
export function stagedForm(
  { t }: Tx,
  run: StagedRun,
  rows: readonly WrittenRow[],
  { from, nowMs }: { readonly from: number; readonly nowMs: number },
): WrittenRow[] {
  return rows.map(({ table, was, now, adds }, index) => {
    if (adds) throw new Error(`rows that add to ${table} cannot be staged`);
    const changing = was ? changingIn(table, was, now) : [];
    const { keys } = shapeOf(table);
    const value = was ? valuesOfChange(t[table], { keys, changing }, { was, now }) : valuesIn(t[table], now);
    const statement = [table, ...changing].join();
    return added('stagedRows', { ...run, place: from + index, statement, value, stagedAtMs: nowMs });
  });
}

/**
 * Puts staged rows where they belong. Throws RowsChanged if not all of them are there any more, or a row is not stored as
 * it was read.
 */
export async function writeStaged(tx: Tx, run: StagedRun, count: number): Promise<void> {
  for (let from = 0; from < count; from += ROWS_AT_ONCE) {
    const part = { ...run, from, to: Math.min(from + ROWS_AT_ONCE, count) };
    let written = 0;
    for (const statement of await statementsIn(tx, part)) written += await writePart(tx, part, statement);
    if (written !== part.to - from) throw new RowsChanged('stagedRows');
    await tx.pause();
  }
}

interface Part extends StagedRun {
  readonly from: number;
  readonly to: number;
}

/** In the order in which they were staged: rows that others refer to come first. */
async function statementsIn(tx: Tx, part: Part): Promise<string[]> {
  const found = await tx.prepared(
    'staged.statements',
    ({ db, t: { stagedRows } }) =>
      db
        .select({ statement: stagedRows.statement })
        .from(stagedRows)
        .where(isInPart(stagedRows))
        .groupBy(stagedRows.statement)
        .orderBy(sql`min(${stagedRows.place})`),
    { ...part },
  );
  return found.map(({ statement }) => statement);
}

function writePart(tx: Tx, part: Part, statement: string): Promise<number> {
  const [name, ...changing] = statement.split(',');
  const table = name as TableName;
  const { keys, columns } = shapeOf(table);
  const places = changing.map((one) => Object.keys(columns).indexOf(one));
  return tx.write(
    `staged.${table} ${places.join('.')}`,
    ({ db, t }) => {
      const { stagedRows } = t;
      const isAlike = sql`${stagedRows.statement} = ${sql.placeholder('statement')}`;
      const list = {
        table: sql`(
          select ${stagedRows.value} as value from ${stagedRows} where ${isInPart(stagedRows)} and ${isAlike}
          order by ${stagedRows.place}
        ) as k`,
        part: partOf(tx.engine),
      };
      const writing = db as unknown as Writing;
      const into = t[table] as Table;
      return changing.length === 0
        ? insertStatement(writing, into, list)
        : updateStatement(writing, into, { keys, changing }, list);
    },
    { ...part, statement },
  );
}

function isInPart({ villageId, importId, run, place }: Tx['t']['stagedRows']) {
  const given = sql.placeholder;
  return sql`${villageId} = ${given('villageId')} and ${importId} = ${given('importId')} and ${run} = ${given('run')} and ${place} >= ${given('from')} and ${place} < ${given('to')}`;
}
