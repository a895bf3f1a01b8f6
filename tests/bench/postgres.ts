import { execFileSync } from 'node:child_process';
import { openStore } from '../../db/index.ts';
import { createCommandQueue } from '../../server/commands/index.ts';
import { createLedger } from '../support/ledger.ts';
import { giveAward, VILLAGE } from './awards.ts';
import { type Databases, withPostgres } from './databases.ts';
import { type Bench, type Figure, inTurn, middle, ratioFigure } from './figures.ts';
import { inFolder, perSecond } from './folders.ts';
import { loadOf, redeems } from './load.ts';
import { type Running, startProcess } from './processes.ts';
import { openShop, type Shop } from './shop.ts';

const HOUSEHOLDS = 1_000;
const CALLERS = [1, 8, 32];
const SCRIPTS = ['simple-update', 'tpcb-like'] as const;
const SCALE = 10;
/** This many callers wait at a time, so that as many commands share a commit. */
const BATCH = 64;
/** tpcb-like is at its best with one of these numbers of clients, which depends on the machine. */
const CLIENTS_TRIED = [8, 16, 32, 64];

export const postgresBench: Bench = {
  id: 'postgres',
  title: 'An entry by a command on PostgreSQL: one issuer and 1,000 households',
  how:
    'One process, one village, one account that issues to all: awards of two lines and a note, durable. The references are ' +
    'pgbench’s own scripts on the same server (scale 10): simple-update writes three rows by primary key, tpcb-like four, with ' +
    'a row that all share. An award writes six rows, among them two unique keys and a chain, and reads three. ' +
    'It must not fall when more callers come.',
  async measure({ quick, say }) {
    return withPostgres(async (databases) => {
      const bank = await databases.create();
      execFileSync(databases.program('pgbench'), ['-q', '-i', '-s', String(SCALE), bank], {
        stdio: 'ignore',
      });
      const ours = await openAwards(await databases.create());
      const seconds = quick ? 1 : 4;
      const figures: Figure[] = [];
      const middles: number[] = [];
      for (const callers of CALLERS) {
        const name = `${callers} ${callers === 1 ? 'client' : 'clients'}`;
        for (const script of SCRIPTS) {
          say(`${name}, ${script}`);
          const found = await inTurn(
            quick ? 1 : 5,
            () => Promise.resolve(pgbench(databases, bank, script, callers, seconds)),
            () => ours.rate(callers, seconds),
          );
          figures.push(ratioFigure(`${name}, against ${script}`, found, '/s'));
          if (script === 'simple-update') middles.push(middle(found.ours));
        }
      }
      say(`batches of ${BATCH}`);
      const best = bestOf(CLIENTS_TRIED, (clients) =>
        pgbench(databases, bank, 'tpcb-like', clients, seconds),
      );
      const found = await inTurn(
        quick ? 1 : 5,
        () => Promise.resolve(pgbench(databases, bank, 'tpcb-like', best, seconds)),
        () => ours.rate(BATCH, seconds),
      );
      const what = `batches of ${BATCH}, against tpcb-like at its best (${best} clients)`;
      figures.push(ratioFigure(what, found, '/s', { atLeast: 1 }));
      await ours.close();
      for (const index of [1, 2])
        figures.push({
          what: `${CALLERS[index]} clients against ${CALLERS[index - 1]}: does not fall`,
          unit: '×',
          values: [(middles[index] ?? 0) / (middles[index - 1] ?? 0)],
          aim: { atLeast: 1 },
        });
      return figures;
    });
  },
};

const PROCESSES = 4;
const CLIENTS = 64;

export const processesBench: Bench = {
  id: 'processes',
  title: 'Four server processes on one PostgreSQL against one',
  how:
    'Redemptions through HTTP in eight villages by 64 clients: by one process, or by four with 16 clients each. Once every kiosk keeps ' +
    'to one process, as a proxy sends it that goes by address (docs/operate.md), and once each request goes to the next process, ' +
    'which makes four of them take turns at every book. All are warm before it counts. Clients, processes and PostgreSQL share this ' +
    'machine’s cores, so this shows whether processes get in each other’s way rather than what four machines would do.',
  remarks: [
    'One process and its database fill the two cores already, so four can only show that they lose nothing. Where all of them take turns ' +
      'at every book it is handed from one process to the next, and each has fewer callers to share its commit. The commands that come ' +
      'while the book is waited for go along, which makes the commits of four processes with 16 callers each twice as large. Still it ' +
      'is better to send each caller to one process.',
  ],
  async measure({ quick, say }) {
    // A folder of its own: what is noted in it belongs to this database.
    return inFolder((dataDir) =>
      withPostgres(async (databases) => {
        const databaseUrl = await databases.create();
        const shops: Shop[] = [];
        for (let index = 0; index < (quick ? PROCESSES : 2 * PROCESSES); index += 1)
          shops.push(await openShop({ dataDir, databaseUrl }, { households: 40 }));
        const next = shops.map((shop) => redeems(shop));
        const servers: Running[] = [];
        try {
          // One by itself, then the four. Those that are not asked cost nothing.
          for (let index = 0; index < 1 + PROCESSES; index += 1)
            servers.push(await startProcess('server', { dataDir, databaseUrl }));
          const [alone, ...four] = servers;
          const all = () => next;
          say('warming up');
          if (alone) await loadAll([alone], all, quick ? 1 : 8);
          await loadAll(four, all, quick ? 1 : 24);
          const against = async (villagesOf: VillagesOf) =>
            inTurn(
              quick ? 1 : 7,
              () => loadAll(alone ? [alone] : [], all, quick ? 2 : 6),
              () => loadAll(four, villagesOf, quick ? 2 : 6),
            );
          say('every kiosk keeps to one process');
          const kept = await against((process) => next.filter((_, index) => index % PROCESSES === process));
          say('each request to the next process');
          const mixed = await against(all);
          return [
            ratioFigure('every kiosk keeps to one process', kept, '/s', { atLeast: 1 }),
            ratioFigure('each request to the next process', mixed, '/s', { atLeast: 1 }),
          ];
        } finally {
          await Promise.all(servers.map((one) => one.stop()));
        }
      }),
    );
  },
};

type Redeem = ReturnType<typeof redeems>;
type VillagesOf = (process: number) => readonly Redeem[];

/** Redemptions a second of all of them together, the clients shared out among them. */
async function loadAll(asked: readonly Running[], villagesOf: VillagesOf, seconds: number): Promise<number> {
  const loads = await Promise.all(
    asked.map((one, index) => loadOf(one, CLIENTS / asked.length, seconds, inTurnOf(villagesOf(index)))),
  );
  return loads.reduce((sum, { perSecond }) => sum + perSecond, 0);
}

/** Village after village. */
function inTurnOf(villages: readonly Redeem[]): Redeem {
  return (index) => {
    const inOne = villages[index % villages.length];
    if (!inOne) throw new Error('no village');
    return inOne(Math.floor(index / villages.length));
  };
}

interface Awards {
  rate(callers: number, seconds: number): Promise<number>;
  close(): Promise<void>;
}

async function openAwards(databaseUrl: string): Promise<Awards> {
  const store = await openStore({ dataDir: '', databaseUrl, connectionsMax: Math.max(...CALLERS) });
  const ledger = createLedger({ clock: Date.now });
  await store.transaction((tx) => ledger.openBook(tx, VILLAGE, 'book'));
  const queue = createCommandQueue(store);
  let made = 0;
  const award = (): Promise<void> => {
    made += 1;
    return giveAward(queue, ledger, { householdId: `h${made % HOUSEHOLDS}`, key: `award-${made}` });
  };
  // The first of each household opens its account.
  for (let index = 0; index < HOUSEHOLDS; index += 1) await award();
  return { rate: (callers, seconds) => perSecond(callers, seconds, award), close: () => store.close() };
}

function bestOf(numbers: readonly number[], rate: (number: number) => number): number {
  const rated = numbers.map((number) => ({ number, rate: rate(number) }));
  return rated.reduce((best, one) => (one.rate > best.rate ? one : best)).number;
}

function pgbench(
  databases: Databases,
  url: string,
  script: string,
  clients: number,
  seconds: number,
): number {
  const threads = Math.min(2, clients);
  const args = [
    '-n',
    '-b',
    script,
    '-c',
    `${clients}`,
    '-j',
    `${threads}`,
    '-T',
    `${seconds}`,
    '-M',
    'prepared',
    url,
  ];
  const output = execFileSync(databases.program('pgbench'), args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return Number(/tps = ([\d.]+) \(without/.exec(output)?.[1] ?? Number.NaN);
}
