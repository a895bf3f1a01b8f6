import { holdSqliteFile, isEmpty, tableShapes } from '../../db/copy/index.ts';
import { openStore, type Reader, sqlitePath } from '../../db/index.ts';
import { aloneIn } from './exclusive-data-dir.ts';
import { BackupFault } from './fault.ts';
import type { BookHeader } from './format.ts';
import { markMoved } from './moved-marker.ts';
import { fill, FILLING } from './restore.ts';
import { openUpToDate, type Upgrader } from './upgrade.ts';
import { booksOf, rowsOf, withCounts, type BackupRun } from './write.ts';

export interface Move {
  /** The folder of the SQLite book. */
  readonly dataDir: string;
  /** A PostgreSQL database that holds no village. */
  readonly databaseUrl: string;
  /** A book of an earlier version is brought up to date first, as at a start. */
  readonly upgrader: Upgrader;
}

interface Copied {
  /** The heads, which are the same in both. */
  readonly books: readonly BookHeader[];
  readonly rows: number;
}

export interface MoveReport extends Copied {
  /** Path of the marker that keeps servers from opening the SQLite book again; null when it could not be written. */
  readonly marker: string | null;
}

/**
 * Copies a SQLite book to an empty PostgreSQL database: row by row out of one snapshot, in one transaction there.
 * Before it commits it verifies every book and compares its head, so a failure leaves nothing behind. The SQLite file
 * is only read, unless an earlier version made it. A marker beside it says that its book was moved.
 */
export function moveToPostgres(place: Move, work: BackupRun = {}): Promise<MoveReport> {
  const { dataDir, upgrader } = place;
  return aloneIn(dataDir, async () => {
    const copied = await move(place, work);
    return { ...copied, marker: markMoved(dataDir, upgrader.clock(), copied.books) };
  });
}

async function move({ dataDir, databaseUrl, upgrader }: Move, work: BackupRun): Promise<Copied> {
  refuseUsed(sqlitePath(dataDir));
  const target = await openStore({ dataDir, databaseUrl, ...FILLING });
  try {
    const refuseFull = async (reader: Reader) => {
      if (!(await isEmpty(reader, tableShapes()))) throw new BackupFault('not_empty_postgres');
    };
    // Checked before the SQLite book is brought up to date: a refusal must not change that book.
    await target.read(refuseFull);
    const source = await openUpToDate({ dataDir }, { ...upgrader, work });
    try {
      return await source.read(async (reader) => {
        const books = await booksOf(reader);
        const tables = await withCounts(reader, tableShapes());
        const refuseGrown = async () => {
          const now = await source.read(booksOf);
          if (JSON.stringify(now) !== JSON.stringify(books)) throw new BackupFault('in_use');
        };
        await fill(target, reader, { books, tables }, { refuseFull, refuseGrown }, work);
        return { books, rows: rowsOf({ tables }) };
      });
    } finally {
      await source.close();
    }
  } finally {
    await target.close();
  }
}

/** Throws `in_use` while a server has the file open: entries that it books later would be missing in the copy. */
function refuseUsed(path: string): void {
  const held = holdSqliteFile(path);
  if (!held) throw new BackupFault('in_use', { what: path });
  held.release();
}
