import { holdSqliteFile, isEmpty, tableShapes } from '../../db/copy/index.ts';
import { openStore, type Reader, sqlitePath } from '../../db/index.ts';
import { aloneIn } from './exclusive-data-dir.ts';
import { BackupFault } from './fault.ts';
import type { BookHeader } from './format.ts';
import { markMoved } from './moved-marker.ts';
import { fill, FILLING } from './restore.ts';
import { openUpToDate, type Upgrader } from './upgrade.ts';
import { booksOf, rowsOf, withCounts, type Work } from './write.ts';

export interface Move {
  /** Where the SQLite book is. */
  readonly dataDir: string;
  /** Of a PostgreSQL database with no village in it. */
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
  /** What keeps everybody from going on with the SQLite book by mistake; null where it could not be written. */
  readonly marker: string | null;
}

/**
 * Copies a SQLite book to an empty PostgreSQL database, row by row out of one snapshot, in one transaction there: it
 * verifies every book and compares its head before it commits, so that what is broken off or does not fit leaves
 * nothing behind. The SQLite file is only read, unless an earlier version made it; beside it a marker is left.
 */
export function moveToPostgres(place: Move, work: Work = {}): Promise<MoveReport> {
  const { dataDir, upgrader } = place;
  return aloneIn(dataDir, async () => {
    const copied = await move(place, work);
    return { ...copied, marker: markMoved(dataDir, upgrader.clock(), copied.books) };
  });
}

async function move({ dataDir, databaseUrl, upgrader }: Move, work: Work): Promise<Copied> {
  refuseUsed(sqlitePath(dataDir));
  const target = await openStore({ dataDir, databaseUrl, ...FILLING });
  try {
    const refuseFull = async (reader: Reader) => {
      if (!(await isEmpty(reader, tableShapes()))) throw new BackupFault('not_empty_postgres');
    };
    // Before the book is brought up to date for it.
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

/** A server that goes on booking would leave the copy behind. */
function refuseUsed(path: string): void {
  const held = holdSqliteFile(path);
  if (!held) throw new BackupFault('in_use', { what: path });
  held.release();
}
