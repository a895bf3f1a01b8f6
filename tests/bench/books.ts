import { openStore, type Store } from '../../db/index.ts';
import {
  createLedger,
  type EntryInput,
  householdAccount,
  verify,
  villageAccount,
} from '../support/ledger.ts';
import { growBook } from './big-book.ts';
import { withPostgres } from './databases.ts';
import type { Bench, Figure } from './figures.ts';
import { inFolder } from './folders.ts';
import { DAY, POINTS_HUNDREDTHS, VILLAGE } from './awards.ts';
import { openShop } from './shop.ts';

const AWARDS = 1_000;
const SQLITE_REACH = 300_000;
const POSTGRES_REACH = 200_000;

export const verifyBench: Bench = {
  id: 'verify',
  title: 'Verifying a whole book',
  how:
    'Everything recomputed from the rows, in one snapshot: seals and chain, sums, running and stored balances, references, ' +
    'texts. SQLite: three years of awards and redemptions. PostgreSQL: awards, by its own commands.',
  remarks: [
    'What takes the time: on SQLite a third is the database and its driver, which give rows as lists of values, a sixth SHA-256 (two for ' +
      'an entry with a text), a sixth the bytes that it is given, the rest checks and garbage. On PostgreSQL each page comes as one text a ' +
      'column, and the next is put together by the server while this one is hashed: a sixth is SHA-256, a sixth garbage, a tenth taking ' +
      'the texts apart. Processor of the main thread for a posting before rows came so and now, in the same runs beside much other work: ' +
      'SQLite 4.7–5.4 and 2.7–3.9 µs, PostgreSQL 8.1–9.4 and 3.6–4.8 µs; its server added 1.5–1.8 and 2.4–2.5 µs. The event loop was held ' +
      'for 17 and 12 ms of processor at most on SQLite, 19 and 15 ms on PostgreSQL, where two pages of each table are in memory; heap and ' +
      'buffers of the whole program were 101 and 93 MB on SQLite, 149 and 149 MB on PostgreSQL.',
    'Tried, and not kept: on SQLite hashes as objects (a header 3.9 instead of 1.9 µs) and JSON, a list a row or a column (4.3 and 3.4 µs); ' +
      'on PostgreSQL digits of hashes written one by one (4.9 instead of 2.6 µs an entry); the sealed bytes written into a buffer, which ' +
      'took as long as joining strings (3.0–3.8 and 3.0 µs).',
  ],
  async measure({ quick, say }) {
    const figures: Figure[] = [];
    const rates = async (store: Store, villageId: string): Promise<number[]> => {
      const values: number[] = [];
      for (let round = 0; round < (quick ? 1 : 5); round += 1) {
        const startedMs = performance.now();
        const { ok, postings } = await verify(store, villageId);
        if (!ok) throw new Error('the book does not verify');
        values.push((postings / (performance.now() - startedMs)) * 1000);
      }
      return values;
    };
    await inFolder(async (dataDir) => {
      const shop = await openShop({ dataDir }, { households: quick ? 30 : 300 });
      const size = { villages: 1, householdsEach: 0, postings: quick ? 20_000 : 500_000 };
      await growBook(dataDir, [shop], size, say);
      const store = await openStore({ dataDir });
      const values = await rates(store, shop.villageId);
      await store.close();
      figures.push({ what: 'SQLite', unit: '/s', values, aim: { atLeast: SQLITE_REACH } });
    });
    await withPostgres(async (databases) => {
      const store = await openStore({ dataDir: '', databaseUrl: await databases.create() });
      const ledger = createLedger({ clock: Date.now });
      await store.transaction((tx) => ledger.openBook(tx, VILLAGE, 'book'));
      for (let round = 0; round < (quick ? 5 : 100); round += 1)
        await store.transaction((tx) => ledger.postMany(tx, VILLAGE, awards(`verify-${round}`, AWARDS)));
      const values = await rates(store, VILLAGE);
      await store.close();
      figures.push({ what: 'PostgreSQL', unit: '/s', values, aim: { atLeast: POSTGRES_REACH } });
    });
    return figures;
  },
};

function awards(prefix: string, count: number): EntryInput[] {
  return Array.from({ length: count }, (_, index) => ({
    villageId: VILLAGE,
    kind: 'award' as const,
    effectiveOn: DAY,
    idempotencyKey: `${prefix}-${index}`,
    actorId: 'staff1',
    text: { title: '义务劳动', note: '' },
    lines: [
      { account: villageAccount('issued'), amount: -POINTS_HUNDREDTHS },
      { account: householdAccount(`h${index}`), amount: POINTS_HUNDREDTHS },
    ],
  }));
}
