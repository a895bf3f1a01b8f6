import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { getTableName } from 'drizzle-orm';
import { toSnakeCase } from 'drizzle-orm/casing';
import type { Tables } from '../../db/index.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { ERASED, type ToldAct } from './told-acts.ts';

type TableName = keyof Tables;

/** The values that acts last told of one thing, by field. */
export class ToldFields {
  private readonly told = new Map<string, { readonly value: unknown; readonly number: number }>();

  /** True if nobody knows any more what was told of some fields. */
  private isErased = false;

  /** Takes over what an act tells. A field that was something and is nothing is empty from then on. */
  take({ number, was, is, isErased }: ToldAct): void {
    this.isErased ||= isErased === true;
    for (const field of was.keys()) this.told.set(field, { value: undefined, number });
    for (const [field, value] of is) this.told.set(field, { value, number });
  }

  /** The value that was last told; undefined: none. */
  get(field: string): unknown {
    return this.told.get(field)?.value;
  }

  /** Sets a value that follows from what was told before. */
  put(field: string, value: unknown): void {
    this.told.set(field, { value, number: this.told.get(field)?.number ?? 0 });
  }

  /** These values as they are now. */
  copy(): ToldFields {
    const copy = new ToldFields();
    for (const [field, told] of this.told) copy.told.set(field, told);
    copy.isErased = this.isErased;
    return copy;
  }

  /**
   * Compares a thing as its row has it with what was told of it. A field that was erased is passed over; one that no act
   * told of is empty, if `isWhole`, else passed over.
   */
  compare(
    table: Tables[TableName],
    id: string,
    row: Readonly<Record<string, unknown>>,
    {
      columns = {},
      isWhole = true,
    }: {
      /** The column of a field, where it has another name. */
      readonly columns?: Readonly<Record<string, string>>;
      readonly isWhole?: boolean;
    } = {},
  ): BadRow | null {
    for (const [field, found] of Object.entries(row)) {
      const told = this.told.get(field);
      if (told?.value === ERASED || (told === undefined && (this.isErased || !isWhole))) continue;
      if (isSame(told?.value, found)) continue;
      const place = { id, column: columns[field] ?? field, number: told?.number ?? null };
      return badTold(table, { ...place, check: 'told', expected: told?.value, found });
    }
    return null;
  }
}

interface ToldWrong {
  readonly id: string;
  /** The column as the tables name it; left out where the whole row is meant. */
  readonly column?: string;
  readonly check: 'told' | 'missing' | 'orphan' | 'exceeds' | 'erased' | 'entry';
  /** The act or entry that says otherwise. */
  readonly number?: number | null;
  readonly expected?: unknown;
  readonly found?: unknown;
}

/** A row that is not as the book tells, with the database's own names. Texts may be personal, so that their digests alone are told. */
export function badTold(
  table: Tables[TableName],
  { id, column, check, number = null, expected, found }: ToldWrong,
): BadRow {
  const name = column === undefined ? '' : `.${toSnakeCase(column)}`;
  return {
    table: `${getTableName(table)}${name}`,
    ...{ number, line: null, accountId: id, check },
    ...{ expected: shown(expected), found: shown(found) },
  };
}

/** A column with the value that the book tells and the one that is stored. */
export type ToldColumn = readonly [column: string, expected: unknown, found: unknown];

/** The first of these columns that is not as the book tells. */
export function firstWrong(
  table: Tables[TableName],
  row: Pick<ToldWrong, 'id' | 'number' | 'check'>,
  columns: readonly ToldColumn[],
): BadRow | null {
  const wrong = columns.find(([, expected, found]) => !isSame(expected, found));
  return wrong ? badTold(table, { ...row, column: wrong[0], expected: wrong[1], found: wrong[2] }) : null;
}

/** True for values that mean the same. An empty one is no value at all. */
function isSame(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(plain(one), plain(other));
}

function plain(value: unknown): unknown {
  const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  return isEmpty ? undefined : value;
}

function shown(value: unknown): string {
  const said = plain(value);
  if (said === undefined) return '';
  if (typeof said === 'number' || typeof said === 'boolean') return String(said);
  return `#${createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 12)}`;
}
