import { cpSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStore, sqlitePath, type Store } from '../../db/index.ts';
import { balance, householdAccount, passbook } from '../support/ledger.ts';
import { type Bench, type Figure, inTurn, middle, ratioFigure } from './figures.ts';
import { type BigBook, growBook } from './big-book.ts';
import { inFolder } from './folders.ts';
import { startProcess } from './processes.ts';
import { logIn, openShop, type Shop } from './shop.ts';

const SMALL = { villages: 1, householdsEach: 300, postings: 10_000 };
const LARGE = { villages: 300, householdsEach: 334, postings: 10_000_000 };
const QUICK = { villages: 12, householdsEach: 50, postings: 60_000 };
const REACH = 1.2;
const PAGE_MS_MAX = 150;
const START_S_MAX = 0.5;
const LONGEST_HOUSEHOLDS = 1_000;
const PAGE_LINES = 20;

export const growthBench: Bench = {
  id: 'growth',
  title: 'From 10 thousand postings to 10 million, on SQLite',
  how:
    'Three years of awards and redemptions, sealed as the program seals them. Small: one village, 300 households. Large: 300 ' +
    'villages, 100 thousand households, a million of the postings in one village of 1,000. Balances and passbook pages are read in ' +
    'process, each of another household, small and large in turn; the pages of that one village are asked of the server over HTTP one after ' +
    'another, thirty times each, and judged by the slowest but one: with the statistics of ANALYZE, and again without any.',
  remarks: [
    'The large book does not fit the page cache of a connection (4 MB): what it reads comes from the system’s cache of files.',
    'What stands in the way of the passbook: a page of twenty lines reads some sixty rows of three tables. In the small book they are in the ' +
      'connection’s cache; in the large one nearly each lies in a page of its own, to be fetched from the system by a call of its own. The ' +
      'same holds for a balance when the next one asked is of another village. To whoever waits it is a fraction of a millisecond.',
  ],
  async measure({ quick, say }) {
    return inFolder(async (folder) => {
      const [smallDir, largeDir] = [join(folder, 'small'), join(folder, 'large')];
      const shop = await openShop({ dataDir: smallDir }, { households: quick ? 50 : 300 });
      cpSync(smallDir, largeDir, { recursive: true });
      const longest = await openShop({ dataDir: largeDir }, { households: quick ? 50 : LONGEST_HOUSEHOLDS });
      await growBook(smallDir, [shop], SMALL, say);
      const large = await growBook(largeDir, [shop, longest], quick ? QUICK : LARGE, say);
      const figures = await reads({ shop, longest, large, smallDir, largeDir, quick });
      figures.push(await starts(largeDir), ...(await pages(longest, largeDir, 'with statistics', say)));
      forgetStatistics(largeDir);
      return [...figures, ...(await pages(longest, largeDir, 'without statistics', say))];
    });
  },
};

interface Grown {
  readonly shop: Shop;
  /** The village that has a tenth of all postings. */
  readonly longest: Shop;
  readonly large: BigBook;
  readonly smallDir: string;
  readonly largeDir: string;
  readonly quick: boolean;
}

async function reads({ shop, longest, large, smallDir, largeDir, quick }: Grown): Promise<Figure[]> {
  const small = await openStore({ dataDir: smallDir });
  const big = await openStore({ dataDir: largeDir });
  const rounds = quick ? 1 : 7;
  const others = large.villageIds.slice(2);
  const everywhere = (index: number) => {
    const villageId = pick(others, 31 * index);
    return { villageId, id: `${villageId}h${(index * 17) % 50}` };
  };
  const acts = {
    'a balance': { read: readBalance, count: quick ? 300 : 5_000 },
    'a passbook page': { read: readPassbook, count: quick ? 100 : 500 },
  };
  const figures: Figure[] = [];
  for (const [what, { read, count }] of Object.entries(acts)) {
    const timed = (store: Store, of: (index: number) => { villageId: string; id: string }) => () =>
      eachUs(count, (index) => read(store, of(index)));
    const inShop = (index: number) => ({ villageId: shop.villageId, id: pick(shop.householdIds, index) });
    const compared = {
      'the same village among 300': timed(big, inShop),
      'the village with a tenth of all': timed(big, (index) => ({
        villageId: longest.villageId,
        id: pick(longest.householdIds, index),
      })),
      'a household anywhere': timed(big, everywhere),
    };
    for (const [where, ours] of Object.entries(compared)) {
      await ours();
      const found = await inTurn(rounds, timed(small, inShop), ours);
      figures.push(ratioFigure(`${what}, ${where}`, found, 'µs', { atMost: REACH }));
    }
  }
  await small.close();
  await big.close();
  return figures;
}

async function readBalance(
  store: Store,
  { villageId, id }: { villageId: string; id: string },
): Promise<void> {
  await store.read((reader) => balance(reader, villageId, householdAccount(id)));
}

async function readPassbook(
  store: Store,
  { villageId, id }: { villageId: string; id: string },
): Promise<void> {
  const page = { limit: PAGE_LINES };
  await store.read(async (reader) => {
    const { lines } = await passbook(reader, villageId, householdAccount(id), page);
    if (lines.length === 0) throw new Error(`${id} has no lines`);
  });
}

async function eachUs(count: number, act: (index: number) => Promise<void>): Promise<number> {
  const startedMs = performance.now();
  for (let index = 0; index < count; index += 1) await act(index);
  return ((performance.now() - startedMs) * 1000) / count;
}

async function starts(dataDir: string): Promise<Figure> {
  const values: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const once = await startProcess('server', { dataDir });
    values.push(once.startMs / 1000);
    await once.stop();
  }
  return { what: 'start, from the command to the address', unit: 's', values, aim: { atMost: START_S_MAX } };
}

/** The planner knows nothing of the tables then, like in a book that nobody has analyzed. */
function forgetStatistics(dataDir: string): void {
  const db = new Database(sqlitePath(dataDir));
  for (const table of ['sqlite_stat1', 'sqlite_stat4']) db.exec(`drop table if exists ${table}`);
  db.close();
}

type Page = readonly [path: string, headers: Readonly<Record<string, string>>];

/** Every kind of page at the large size, as the desk, a phone, the kiosk and the board ask for them. */
async function pages(
  shop: Shop,
  dataDir: string,
  statistics: string,
  say: (text: string) => void,
): Promise<Figure[]> {
  const { phone, kiosks, villageId } = shop;
  const [kiosk = {}] = kiosks;
  const pagesOf = (office: Readonly<Record<string, string>>): Readonly<Record<string, Page>> => ({
    'the desk’s home': ['/village/summary', office],
    'the dashboard, twelve months': ['/village/dashboard', office],
    'households, first page': ['/households', office],
    'households, by initials': ['/households?q=wm', office],
    'the journal, newest page': ['/ledger/entries', office],
    'the journal, a word in three years': ['/ledger/entries?q=%E5%A4%A7%E7%B1%B3', office],
    'the journal, a word that is nowhere': ['/ledger/entries?q=%E6%B2%A1%E6%9C%89', office],
    'the journal, one household': [`/ledger/entries?householdId=${shop.householdIds[5] ?? ''}`, office],
    'a phone: balance': ['/me', phone],
    'a phone: passbook': ['/me/passbook', phone],
    'a phone: months': ['/me/months', phone],
    'a phone: goods': ['/me/goods', phone],
    'the kiosk: goods': ['/kiosk/goods', kiosk],
    'the board': [`/board/${villageId}`, {}],
  });
  const figures: Figure[] = [];
  const server = await startProcess('server', { dataDir });
  try {
    for (const [what, [path, headers]] of Object.entries(pagesOf(await logIn(server.url, shop)))) {
      say(`${what}, ${statistics}`);
      const values: number[] = [];
      for (let round = 0; round < 30; round += 1) {
        const startedMs = performance.now();
        const response = await fetch(`${server.url}/api/v1${path}`, { headers });
        const text = await response.text();
        if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
        values.push(performance.now() - startedMs);
      }
      const ours = `middle ${middle(values).toFixed(1)} ms`;
      const aim = { atMost: PAGE_MS_MAX };
      figures.push({ what: `${what}, ${statistics}`, unit: 'ms', values, judgedAt: 0.95, aim, ours });
    }
    figures.push({
      what: `memory after all of them, ${statistics}`,
      unit: 'MB',
      values: [server.memoryMb()],
    });
  } finally {
    await server.stop();
  }
  return figures;
}

function pick<T>(list: readonly T[], index: number): T {
  return list[(index * 17) % list.length] as T;
}
