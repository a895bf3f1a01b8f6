import { openStore } from '../../db/index.ts';
import { createRandom } from '../../server/random.ts';
import { createCommandQueue } from '../../server/commands/index.ts';
import { createLedger } from '../support/ledger.ts';
import { giveAward } from './awards.ts';
import { type Bench, type Figure, inTurn, ratioFigure } from './figures.ts';
import { inFolder, perSecond } from './folders.ts';
import { HOUSEHOLDS, householdOf, RawBook, VILLAGE } from './raw-book.ts';

const random = createRandom();
const newSalt = () => Buffer.from(random(16)).toString('hex');
const CALLERS = [1, 8, 64];
const FULL_ENTRIES = 100_000;
const REACH = 0.8;

export const postBench: Bench = {
  id: 'post',
  title: 'An entry by a command, in process, durable, on SQLite',
  how:
    'Awards of two lines and a note to 300 households, each answered after its commit is on disk. The reference writes the ' +
    'same rows into the same tables (triggers, indexes and all) by prepared better-sqlite3 statements written by hand, ' +
    'as many to a commit as there are callers and each under a savepoint; it looks nothing up, checks nothing and seals nothing.',
  remarks: [
    'What stands in the way at 64 callers, which share their reads and writes: the reference asks nothing. Ours reads head and balances ' +
      'with three statements for all, makes three hashes for each entry and the bytes they cover, and checks it.',
  ],
  async measure({ quick, say }) {
    const figures: Figure[] = [];
    for (const isFull of [false, true]) {
      for (const callers of CALLERS) {
        const name = `${callers} ${callers === 1 ? 'caller' : 'callers'}, ${isFull ? 'a full book' : 'an empty book'}`;
        say(name);
        const seconds = quick ? 0.5 : 3;
        const prefill = isFull ? (quick ? 2_000 : FULL_ENTRIES) : 0;
        const found = await inTurn(
          quick ? 1 : 5,
          () => inBook(prefill, (folder) => raw(folder, callers, seconds)),
          () => inBook(prefill, (folder) => ours(folder, callers, seconds)),
        );
        figures.push(ratioFigure(name, found, '/s', callers === 64 ? { atLeast: REACH } : undefined));
      }
    }
    return figures;
  },
};

/** A book in which every household has its account, and so many more entries. */
async function inBook<T>(prefill: number, work: (folder: string) => Promise<T>): Promise<T> {
  return inFolder(async (folder) => {
    const store = await openStore({ dataDir: folder });
    const ledger = createLedger({ clock: Date.now });
    await store.transaction((tx) => ledger.openBook(tx, VILLAGE, 'book'));
    const queue = createCommandQueue(store);
    for (let index = 0; index < HOUSEHOLDS; index += 1)
      await giveAward(queue, ledger, { householdId: householdOf(index), key: `first-${index}` });
    await store.close();
    if (prefill > 0) {
      const book = new RawBook(folder);
      for (let done = 0; done < prefill; done += 1000) book.commit(done, 1000);
      book.close();
    }
    return work(folder);
  });
}

async function raw(folder: string, callers: number, seconds: number): Promise<number> {
  const book = new RawBook(folder);
  const startedMs = performance.now();
  let done = 0;
  for (; performance.now() < startedMs + seconds * 1000; done += callers) {
    book.commit(done, callers);
    // A server lives between commits.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const rate = (done / (performance.now() - startedMs)) * 1000;
  book.close();
  return rate;
}

async function ours(folder: string, callers: number, seconds: number): Promise<number> {
  const store = await openStore({ dataDir: folder });
  const ledger = createLedger({ clock: Date.now, newSalt });
  const queue = createCommandQueue(store);
  const rate = await perSecond(callers, seconds, (index) =>
    giveAward(queue, ledger, { householdId: householdOf(index), key: `ours-${index}` }),
  );
  await store.close();
  return rate;
}
