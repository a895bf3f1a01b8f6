import Database from 'better-sqlite3';
import { statSync } from 'node:fs';
import { migrateSqlite, readMigrations } from '../migrate.ts';
import { openSqliteStore } from '../sqlite/store.ts';
import type { Store } from '../store.ts';
import type { Cell, ColumnKind, TableShape } from './shapes.ts';

/** A new SQLite file that is being filled with rows of a database under this schema or an earlier one. */
export interface SqliteCopy {
  insert(shape: TableShape, rows: readonly (readonly Cell[])[]): void;
  /** Commits, brings the schema up to date and opens it. */
  finish(): Store;
  /** Closes the file, which the caller then removes. */
  abandon(): void;
}

/**
 * Starts a copy with the first `migrationsDone` migrations. Indexes and the journal's guards are left out until all rows are
 * in, because filling is then four times as fast. Indexes and references are checked at the end, and `verify`
 * checks what the guards would have.
 */
export function startSqliteCopy(path: string, migrationsDone: number): SqliteCopy {
  migrateSqlite(path, readMigrations('sqlite').slice(0, migrationsDone));
  const raw = new Database(path);
  // Nobody knows of this file yet: a failed copy is thrown away, and a successful one is flushed at the end.
  raw.pragma('journal_mode = off');
  raw.pragma('synchronous = off');
  // Sorting the indexes takes as much memory again.
  raw.pragma('cache_size = -24000');
  raw.pragma('foreign_keys = off');
  raw.exec('begin');
  const laidAside = layAside(raw);
  const statements = new Map<string, Database.Statement>();
  const statementFor = (shape: TableShape): Database.Statement => {
    const known = statements.get(shape.name);
    if (known) return known;
    const names = shape.columns.map(({ name }) => quoted(name)).join(', ');
    const marks = shape.columns.map(() => '?').join(', ');
    const made = raw.prepare(`insert into ${quoted(shape.name)} (${names}) values (${marks})`);
    statements.set(shape.name, made);
    return made;
  };
  return {
    insert(shape, rows) {
      const statement = statementFor(shape);
      const kinds = shape.columns.map(({ kind }) => kind);
      for (const row of rows) statement.run(row.map((cell, index) => stored(kinds[index] ?? 'text', cell)));
    },
    finish() {
      for (const statement of laidAside) raw.exec(statement);
      const [broken] = raw.pragma('foreign_key_check') as { table: string }[];
      if (broken) throw new BrokenRows(`a reference of ${broken.table} leads nowhere`);
      raw.exec('commit');
      raw.close();
      migrateSqlite(path);
      return openSqliteStore({ path });
    },
    abandon: () => void raw.close(),
  };
}

/** Rows that do not make a database of ours. */
export class BrokenRows extends Error {}

/** Drops indexes and triggers, and returns the statements that make them again. */
function layAside(raw: Database.Database): string[] {
  const found = raw
    .prepare(
      "select type, name, sql from sqlite_master where type in ('index', 'trigger') and sql is not null",
    )
    .all() as { type: string; name: string; sql: string }[];
  for (const { type, name } of found) raw.exec(`drop ${type} ${quoted(name)}`);
  return found.sort((a, b) => (a.type < b.type ? -1 : 1)).map(({ sql }) => sql);
}

function stored(kind: ColumnKind, cell: Cell): string | number | Buffer | null {
  if (cell === null) return null;
  if (kind === 'bytes') return Buffer.from(String(cell), 'base64');
  return typeof cell === 'boolean' ? Number(cell) : cell;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A SQLite file that this process alone has open. */
export interface HeldFile {
  /**
   * True when the file holds no village and nothing of another program. A file that cannot be read may hold
   * anything.
   */
  readonly isEmpty: boolean;
  /** The last entry of each book; null when they cannot be read. */
  heads(): HeldHead[] | null;
  /** The hash of an entry; undefined when there is none or it cannot be read. */
  hashAt(villageId: string, number: number): string | undefined;
  release(): void;
}

/** The last entry of a book. The hash of a book without entries is empty. */
export interface HeldHead {
  readonly villageId: string;
  readonly name: string;
  readonly number: number;
  readonly hash: string;
}

/** Takes a SQLite file for this process alone; null while another process has it open. */
export function holdSqliteFile(path: string): HeldFile | null {
  // The file is not opened here: SQLite would throw away the log that may lie beside it.
  if (statSync(path).size === 0) return unread(true);
  const raw = new Database(path, { timeout: 200 });
  try {
    raw.pragma('locking_mode = exclusive');
    // Leaving write-ahead mode puts the whole log into the file itself, and only a sole owner can do it.
    if (raw.pragma('journal_mode = delete', { simple: true }) !== 'delete') throw new Busy();
    raw.exec('begin exclusive');
    return { ...booksOf(raw), isEmpty: hasNoVillage(raw), release: () => void raw.close() };
  } catch (error) {
    raw.close();
    if (error instanceof Busy || isCode(error, /^SQLITE_(?:BUSY|LOCKED)/)) return null;
    // The file is damaged, or no database at all: no server runs on it.
    if (isCode(error, /^SQLITE_/)) return unread(false);
    throw error;
  }
}

class Busy extends Error {}

function unread(isEmpty: boolean): HeldFile {
  return { isEmpty, heads: () => null, hashAt: () => undefined, release: () => undefined };
}

const HEADS = `select h.village_id as villageId, v.name, h.number, lower(coalesce(hex(j.hash), '')) as hash
  from ledger_heads h join villages v on v.id = h.village_id
  left join journal j on j.village_id = h.village_id and j.number = h.number order by h.village_id`;
const HASH = 'select lower(hex(hash)) from journal where village_id = ? and number = ?';

/** The books of a file of any version. A damaged or foreign one has none that can be read. */
function booksOf(raw: Database.Database): Pick<HeldFile, 'heads' | 'hashAt'> {
  const orNull = <T>(ask: () => T): T | null => {
    try {
      return ask();
    } catch (error) {
      if (isCode(error, /^SQLITE_/)) return null;
      throw error;
    }
  };
  return {
    heads: () => orNull(() => raw.prepare(HEADS).all() as HeldHead[]),
    hashAt: (villageId, number) =>
      orNull(() => raw.prepare(HASH).pluck().get(villageId, number) as string | undefined) ?? undefined,
  };
}

function hasNoVillage(raw: Database.Database): boolean {
  const tables = raw
    .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
    .pluck()
    .all();
  if (tables.includes('villages')) return raw.prepare('select count(*) from villages').pluck().get() === 0;
  return tables.every((name) => name === 'schema_migrations');
}

function isCode(error: unknown, pattern: RegExp): boolean {
  return error instanceof Error && 'code' in error && pattern.test(String(error.code));
}
