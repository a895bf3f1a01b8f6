import { openStore } from '../../db/index.ts';
import { createLedger } from '../../server/ledger/index.ts';
import { Book } from '../support/books.ts';

/**
 * Posts awards from many callers at once until it is killed, and prints each key only after the ledger has
 * answered: whatever was printed must be in the book.
 *   node posting-process.ts RUN   (DATA_DIR, DATABASE_URL)
 */
const CALLERS = 16;
const run = process.argv[2] ?? '0';
const store = await openStore({ dataDir: process.env.DATA_DIR ?? '', databaseUrl: process.env.DATABASE_URL });
const book = new Book(store, createLedger({ clock: () => Date.now() }));

await Promise.all(
  Array.from({ length: CALLERS }, async (_, caller) => {
    for (let i = 0; ; i++) {
      const key = `${run}.${String(caller)}.${String(i)}`;
      const outcome = await book.award(`h${String(caller)}`, 100, { key, note: '守夜' });
      process.stdout.write(outcome.ok ? `${key}\n` : `refused ${outcome.code}\n`);
    }
  }),
);
