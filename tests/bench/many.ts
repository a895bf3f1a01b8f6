import { openStore, type Store } from '../../db/index.ts';
import { createCommandQueue, type CommandQueue } from '../../server/commands/index.ts';
import { createAwards, decide } from '../../server/proposals/index.ts';
import { addHouseholds, atOf, decisionAtOf, fillVillage, VILLAGE } from '../support/command-village.ts';
import { balance, householdAccount, type Ledger } from '../support/ledger.ts';
import { withPostgres } from './databases.ts';
import type { Bench, Figure } from './figures.ts';
import { inFolder } from './folders.ts';

const HOUSEHOLDS = 1_000;
const MOST_S = 0.3;
const READ_MOST_MS = 50;

export const manyBench: Bench = {
  id: 'many',
  title: 'One award to 1,000 households',
  how:
    'Proposed by one command and approved by another, each one commit, as the server runs them: approving books a thousand ' +
    'entries, each with its own key, number, seal and note. Balances are read meanwhile without a pause, and the longest wait ' +
    'for one counts. The first round, which opens the accounts and warms up, is left out.',
  async measure({ quick, say }) {
    const rounds = quick ? 1 : 9;
    say('SQLite');
    const onSqlite = await inFolder((dataDir) => award('SQLite', { dataDir }, rounds));
    say('PostgreSQL');
    const onPostgres = await withPostgres(async (databases) =>
      award('PostgreSQL', { dataDir: '', databaseUrl: await databases.create() }, rounds),
    );
    return [...onSqlite, ...onPostgres];
  },
};

async function award(
  engine: string,
  place: { readonly dataDir: string; readonly databaseUrl?: string },
  rounds: number,
): Promise<Figure[]> {
  const store = await openStore(place);
  try {
    const ledger = await fillVillage(store);
    const households = await addHouseholds(store, HOUSEHOLDS);
    const given = { queue: createCommandQueue(store), ledger, households };
    const taken = [];
    for (let round = 0; round <= rounds; round += 1) taken.push(await giveOne(store, given, round));
    const [, ...warm] = taken;
    const figure = (what: string, pick: (one: Taken) => number, rest: Pick<Figure, 'unit' | 'aim'>) => ({
      ...{ what: `${engine}: ${what}`, values: warm.map(pick) },
      ...rest,
    });
    const inTime = { unit: 's', aim: { atMost: MOST_S } } as const;
    return [
      figure('proposed', ({ proposedS }) => proposedS, { unit: 's' }),
      figure('approved and booked', ({ approvedS }) => approvedS, inTime),
      figure('longest wait for a balance meanwhile', ({ readMs }) => readMs, {
        unit: 'ms',
        aim: { atMost: READ_MOST_MS },
      }),
    ];
  } finally {
    await store.close();
  }
}

interface Taken {
  readonly proposedS: number;
  readonly approvedS: number;
  readonly readMs: number;
}

interface Given {
  readonly queue: CommandQueue;
  readonly ledger: Ledger;
  readonly households: readonly string[];
}

async function giveOne(store: Store, { queue, ledger, households }: Given, round: number): Promise<Taken> {
  const reading = readOn(store);
  const startedMs = performance.now();
  const { ids } = await queue.run(VILLAGE, () =>
    Promise.resolve(
      createAwards.with(
        { ruleId: 'free', householdIds: households, note: '义务劳动' },
        atOf(ledger, 2 * round),
      ),
    ),
  );
  const proposedMs = performance.now();
  const at = decisionAtOf(ledger, 2 * round + 1, 'approver');
  await queue.run(VILLAGE, () => Promise.resolve(decide.with({ action: 'approve', ids, reason: '' }, at)));
  const approvedMs = performance.now();
  const readMs = await reading.stop();
  return { proposedS: (proposedMs - startedMs) / 1000, approvedS: (approvedMs - proposedMs) / 1000, readMs };
}

/** Reads one balance after the other, and answers the longest wait for one, begun at the turn that was asked for. */
function readOn(store: Store): { stop(): Promise<number> } {
  const state = { isOver: false };
  const longest = (async () => {
    let mostMs = 0;
    while (!state.isOver) {
      const askedMs = performance.now();
      await new Promise((resolve) => setImmediate(resolve));
      await store.read((reader) => balance(reader, VILLAGE, householdAccount('h1')));
      mostMs = Math.max(mostMs, performance.now() - askedMs);
    }
    return mostMs;
  })();
  return {
    stop() {
      state.isOver = true;
      return longest;
    },
  };
}
