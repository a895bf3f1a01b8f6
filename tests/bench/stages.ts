import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { amount, type Bench, type Figure, inTurn, middle } from './figures.ts';
import { inFolder } from './folders.ts';
import { loadOf, nothings, redeems } from './load.ts';
import { startProcess } from './processes.ts';
import { profileClockUs, profileFlags, readProfile, sharesOf, type Stage } from './profile.ts';
import { openShop } from './shop.ts';

const CLIENTS = 64;
/** Nothing of ours is on the stack: sockets, the parser, timers. */
const ELSEWHERE = 'sockets and the rest of Node';

/** Statements count with the stage that runs them, and so does what a library does for it. */
const STAGES: readonly Stage[] = [
  ['collecting garbage', /^\(garbage collector\)/],
  ['log', /server\/http\/log(?:ger)?\.ts|node_modules\/(?:pino|sonic-boom)\//],
  ['input hash', /server\/http\/canonical\.ts/],
  ['zod', /node_modules\/zod\/|server\/http\/validate\.ts/],
  ['body', /server\/http\/(?:body|body-deadline|receive|budget)\.ts/],
  ['Express', /node_modules\/(?!better-sqlite3|drizzle-orm|pino|sonic-boom|zod)|server\/http\/app\.ts/],
  [
    'look-ups',
    /server\/http\/(?:authenticate|admit|villages)\.ts|server\/kiosk\/devices\.ts|server\/identity\//,
  ],
  ['key and answer', /server\/http\/idempotency\.ts/],
  ['sending the answer', /server\/http\/(?:send-outcome|packing|waiting-answers)\.ts/],
  ['kernel', /server\/http\//],
  ['hashes', /server\/ledger\/seal\.ts/],
  ['ledger', /server\/ledger\//],
  ['shop', /server\/(?:kiosk|goods|households)\//],
  ['writing rows', /db\/(?:write-rows|written-rows|many-rows)\.ts/],
  ['begin and commit', /db\/sqlite\/store\.ts/],
  // The handle runs the statements of others.
  ['queue and reads', /server\/commands\/|db\/(?!sqlite\/tx-handle)/],
];

export const stagesBench: Bench = {
  id: 'stages',
  title: 'Where the time of a redemption goes',
  how:
    `Processor time of the server for each request while ${CLIENTS} clients ask: a redemption of one item (ours), and the idle app’s POST ` +
    'that does nothing (reference). The time is taken without a profiler; its parts are the shares of a profile taken right after. ' +
    'Statements count with the stage that runs them.',
  async measure({ quick }) {
    return inFolder(async (folder) => {
      const place = { dataDir: folder };
      const shop = await openShop(place, { households: quick ? 30 : 300 });
      const round = async (program: 'idle' | 'server', next: ReturnType<typeof redeems>): Promise<Spent> => {
        const profiles = mkdtempSync(join(folder, 'profile-'));
        const seconds = quick ? 1 : 4;
        const plain = await startProcess(program, place);
        let eachUs: number;
        try {
          await loadOf(plain, CLIENTS, 1, next);
          eachUs = (await loadOf(plain, CLIENTS, seconds, next)).cpuUsEach;
        } finally {
          await plain.stop();
        }
        const profiled = await startProcess(program, place, { flags: profileFlags(profiles) });
        let fromUs: number;
        let toUs: number;
        try {
          await loadOf(profiled, CLIENTS, 1, next);
          fromUs = profileClockUs();
          await loadOf(profiled, CLIENTS, seconds, next);
          toUs = profileClockUs();
        } finally {
          await profiled.stop();
        }
        const window = { stages: STAGES, elsewhere: ELSEWHERE, fromUs, toUs };
        return { eachUs, shares: sharesOf(readProfile(profiles), window) };
      };
      const found = await inTurn(
        quick ? 1 : 5,
        () => round('idle', nothings(shop)),
        () => round('server', redeems(shop)),
      );
      return tableOf(found.ours, found.reference);
    });
  },
};

/** Processor time of a request, and how it was shared among the stages. */
interface Spent {
  readonly eachUs: number;
  readonly shares: ReadonlyMap<string, number>;
}

function tableOf(ours: readonly Spent[], reference: readonly Spent[]): Figure[] {
  const inStage = (name: string) => (one: Spent) => one.eachUs * (one.shares.get(name) ?? 0);
  const names = [...STAGES.map(([name]) => name), ELSEWHERE];
  const total = row('in all', ours, reference, ({ eachUs }) => eachUs);
  return [...names.map((name) => row(name, ours, reference, inStage(name))), total];
}

function row(
  what: string,
  ours: readonly Spent[],
  reference: readonly Spent[],
  us: (one: Spent) => number,
): Figure {
  return {
    what,
    unit: 'µs',
    values: ours.map(us),
    ours: amount(middle(ours.map(us)), 'µs'),
    reference: amount(middle(reference.map(us)), 'µs'),
  };
}
