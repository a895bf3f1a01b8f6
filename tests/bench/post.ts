import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, type Store } from '../../db/index.ts';
import { createCommandQueue } from '../../server/commands/index.ts';
import { createRandom } from '../../server/random.ts';
import { createLedger } from '../support/ledger.ts';
import { giveAward, HOUSEHOLDS, householdOf, VILLAGE } from './awards.ts';
import { type Bench, type Figure, inTurn, ratioFigure } from './figures.ts';
import { inFolder } from './folders.ts';
import { writeRaw, writesOf } from './raw-rows.ts';
import { openCounter } from './redemptions.ts';
import { openShop } from './shop.ts';

const random = createRandom();
const newSalt = () => Buffer.from(random(16)).toString('hex');
const REACH = 0.8;
/** So many callers are the busiest a server is asked to bear. */
const MANY = 64;
const CALLERS = [1, 8, MANY];
const FULL_COMMANDS = 60_000;

export const postBench: Bench = {
  id: 'post',
  title: 'Commands in process, durable, on SQLite',
  how:
    'Awards of two lines and a note, and redemptions of one item under their keys, of 300 households, each answered after its ' +
    'commit is on disk. The reference is made from the rows that the same commands have written once: prepared better-sqlite3 ' +
    'statements write them again, a row a statement and in the same commits, into a copy of the same file (triggers, indexes and ' +
    'all); it looks nothing up, decides nothing, checks nothing and seals nothing.',
  remarks: [
    'What stands in the way: the reference asks nothing. Ours reads what each command names, one statement for all that share a ' +
      'commit, decides, makes three hashes for each entry and the bytes they cover, and makes the rows.',
  ],
  async measure({ quick, say }) {
    const figures: Figure[] = [];
    for (const kind of [AWARDS, REDEMPTIONS]) {
      for (const isFull of [false, true]) {
        await inFolder(async (folder) => {
          const base = join(folder, 'base');
          const open = await kind.fill(base);
          if (isFull) await run(base, open, MANY, quick ? 2_000 : FULL_COMMANDS);
          for (const callers of isFull ? [MANY] : CALLERS) {
            const name = `${kind.name}, ${callers} ${callers === 1 ? 'caller' : 'callers'}, ${isFull ? 'a full book' : 'an empty book'}`;
            say(name);
            const found = await against({ base, open, callers, quick });
            figures.push(ratioFigure(name, found, '/s', callers === MANY ? { atLeast: REACH } : undefined));
          }
        });
      }
    }
    return figures;
  },
};

/** Readies the commands of a store: each call gives the one of that index. */
type Open = (store: Store) => Promise<(index: number) => Promise<void>>;

interface Kind {
  readonly name: string;
  /** Fills a folder. */
  fill(dataDir: string): Promise<Open>;
}

const AWARDS: Kind = {
  name: 'awards',
  async fill(dataDir) {
    const store = await openStore({ dataDir });
    await store.transaction((tx) => createLedger({ clock: Date.now }).openBook(tx, VILLAGE, 'book'));
    await store.close();
    const open: Open = (filled) => {
      const [ledger, queue] = [createLedger({ clock: Date.now, newSalt }), createCommandQueue(filled)];
      const prefix = newSalt();
      return Promise.resolve((index) =>
        giveAward(queue, ledger, { householdId: householdOf(index), key: `${prefix}-${index}` }),
      );
    };
    // The first of each household opens its account.
    await run(dataDir, open, MANY, HOUSEHOLDS);
    return open;
  },
};

const REDEMPTIONS: Kind = {
  name: 'redemptions',
  async fill(dataDir) {
    const shop = await openShop({ dataDir }, { households: HOUSEHOLDS });
    return (store) => {
      const [ledger, queue] = [createLedger({ clock: Date.now, newSalt }), createCommandQueue(store)];
      return openCounter({ store, queue, ledger, shop });
    };
  },
};

interface Compared {
  readonly base: string;
  readonly open: Open;
  readonly callers: number;
  readonly quick: boolean;
}

/** Rates of both sides, a second, each round on a copy of the same file. */
async function against({
  base,
  open,
  callers,
  quick,
}: Compared): Promise<Record<'reference' | 'ours', number[]>> {
  const count = quick ? 640 : callers === 1 ? 4_000 : 24_000;
  const inCopy = async <T>(work: (dataDir: string) => Promise<T>): Promise<T> =>
    inFolder((copy) => {
      cpSync(base, copy, { recursive: true });
      return work(copy);
    });
  const commits = await inCopy((dataDir) => writesOf(() => run(dataDir, open, callers, count)));
  if (commits.length === 0) throw new Error('nothing was written');
  return inTurn(
    quick ? 1 : 5,
    () => inCopy(async (dataDir) => count / (await writeRaw(dataDir, commits))),
    () => inCopy(async (dataDir) => count / (await run(dataDir, open, callers, count))),
  );
}

/** Gives so many commands, by so many callers that each wait for their answer. Answers the seconds it took. */
async function run(dataDir: string, open: Open, callers: number, count: number): Promise<number> {
  const store = await openStore({ dataDir });
  const give = await open(store);
  const startedMs = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: callers }, async () => {
      while (next < count) await give(next++);
    }),
  );
  const seconds = (performance.now() - startedMs) / 1000;
  await store.close();
  return seconds;
}
