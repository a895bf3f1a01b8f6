import { shapeOf } from './table-shape.ts';
import type { TableName, WrittenRow } from './written-rows.ts';

/** Values by the names of the columns in the program. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of one table that several commands leave together. */
export interface Changes {
  readonly inserted: Row[];
  readonly updated: { readonly was: Row; readonly now: Row }[];
  /** Rows that are added to those that are there. */
  readonly summed: Row[];
  /** The columns that are added up. */
  readonly adds: readonly string[];
}

/** Merges the changes that commands made to rows one after the other: each row once, by table. */
export function mergeRows(rows: readonly WrittenRow[]): Map<TableName, Changes> {
  const byTable = new Map<TableName, WrittenRow[]>();
  for (const row of rows) {
    const ofTable = byTable.get(row.table);
    if (ofTable) ofTable.push(row);
    else byTable.set(row.table, [row]);
  }
  return new Map(Array.from(byTable, ([table, ofTable]) => [table, changesOf(table, ofTable)]));
}

function changesOf(table: TableName, rows: readonly WrittenRow[]): Changes {
  const adds = rows[0]?.adds ?? [];
  const changes: Changes = { inserted: [], updated: [], summed: [], adds };
  // Rows that are new and nobody changed since: the database itself refuses one that comes twice.
  if (adds.length === 0 && rows.every(({ was }) => was === null)) {
    for (const { now } of rows) changes.inserted.push(now);
    return changes;
  }
  for (const { was, now } of merged(table, rows, adds).values()) {
    if (was !== null) changes.updated.push({ was, now });
    else if (adds.length > 0) changes.summed.push(now);
    else changes.inserted.push(now);
  }
  return changes;
}

interface Merged {
  readonly was: Row | null;
  now: Row;
}

/** Each row once, by its key. */
function merged(table: TableName, rows: readonly WrittenRow[], adds: readonly string[]): Map<string, Merged> {
  const { keys } = shapeOf(table);
  const byKey = new Map<string, Merged>();
  for (const { was, now } of rows) {
    let id = '';
    for (const key of keys) id += `${String((now as Row)[key])}\n`;
    const before = byKey.get(id);
    if (before === undefined) byKey.set(id, { was, now: adds.length > 0 ? { ...now } : now });
    else if (adds.length > 0) addTo(before.now as Record<string, unknown>, now, adds);
    else if (was === null) throw new Error(`two commands add the same row to ${table}`);
    else before.now = now;
  }
  return byKey;
}

function addTo(sum: Record<string, unknown>, other: Row, adds: readonly string[]): void {
  for (const name of adds) sum[name] = Number(sum[name]) + Number(other[name]);
}
