import { type Column, type Placeholder, sql, type SQL } from 'drizzle-orm';
import type { Engine } from './store.ts';

/** A list of keys, or of whole rows, that one statement takes as one parameter. */
export interface KeyTable {
  /** The list as a source to select from. Join tables with `crossJoin`: SQLite keeps that order of its loops. */
  readonly table: SQL;
  /** The place of the row's key in the list, from 0. */
  readonly at: SQL.Aliased<number>;
  /** One part of the key, as text; with a column, in the column's own type. */
  part(index: number, column?: Column): SQL;
  readonly villageId: Placeholder;
  /**
   * The village as a part of each key. A PostgreSQL without statistics takes a village for a handful of rows, and compares each
   * of them with each key; with this it looks the keys up. Join one table only: it would begin with another of the same village.
   */
  readonly villageOfKey: SQL;
}

/** The name under which a statement is given its keys; see keyValues. */
const KEYS = 'keys';

const VILLAGE = sql.placeholder('villageId');

const SOURCES: Readonly<Record<Engine, { table: SQL; at: SQL<number>; villageOfKey: SQL }>> = {
  sqlite: {
    table: sql`json_each(${sql.placeholder(KEYS)}) as k`,
    at: sql<number>`k.key`,
    villageOfKey: sql`${VILLAGE}`,
  },
  // Without a limit PostgreSQL expects a hundred keys, and rather walks a whole table of a few thousand rows.
  postgres: {
    table: sql`(
      select value, place, cast(${VILLAGE} as text) as village_id
      from jsonb_array_elements(cast(${sql.placeholder(KEYS)} as jsonb)) with ordinality as e(value, place)
      limit jsonb_array_length(cast(${sql.placeholder(KEYS)} as jsonb))
    ) as k`,
    at: sql<number>`k.place - 1`,
    villageOfKey: sql`k.village_id`,
  },
};

/** The keys of a prepared statement on this engine. */
export function keyTable(engine: Engine): KeyTable {
  const { table, at, villageOfKey } = SOURCES[engine];
  return { table, at: at.mapWith(Number).as('at'), part: partOf(engine), villageId: VILLAGE, villageOfKey };
}

/** The parts of a source `k` whose `value` is a JSON list. */
export function partOf(engine: Engine): KeyTable['part'] {
  return (index, column) => {
    const text = sql`(k.value ->> ${sql.raw(String(index))})`;
    const type = column?.getSQLType() ?? 'text';
    // SQLite's parts have the type that they have in JSON.
    return engine === 'sqlite' || type.startsWith('text') ? text : sql`cast(${text} as ${sql.raw(type)})`;
  };
}

/** The values that a statement over a key table is run with. */
export function keyValues(
  villageId: string,
  keys: readonly (readonly unknown[])[],
): { villageId: string; keys: string } {
  return { villageId, [KEYS]: JSON.stringify(keys) };
}
