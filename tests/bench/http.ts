import { type Bench, type Figure, inTurn, ratioFigure } from './figures.ts';
import { inFolder } from './folders.ts';
import { type Load, loadOf, nothings, redeems } from './load.ts';
import { startProcess } from './processes.ts';
import { openShop } from './shop.ts';

const CLIENTS = [1, 8, 64];
const REACH = 0.6;

export const httpBench: Bench = {
  id: 'http',
  title: 'Redemptions through HTTP, durable, on SQLite',
  how:
    'Clients on the other core redeem one item each for 300 households; every answer comes after its commit is on disk. ' +
    'The reference is the same Express app (middleware, log, token, validated body and answer) taking a POST that does ' +
    'nothing. Both run as processes of their own and are asked in turn.',
  remarks: [
    'What stands in the way: a redemption moves points, goods and their cost in one sealed entry and writes some seventeen rows ' +
      '(six postings, header, text, head, three balances, the redemption and its line, the key and its answer). In a profile at 64 clients, ' +
      'which share reads, writes and commits, its statements take 19 % of the time, its commits 7 %, collecting garbage 18 %; the rest is HTTP, ' +
      'which the reference does as well, and the checks and objects between.',
    'The book grows by all rounds: the last find some 70 thousand redemptions of one day, over 200 of each household.',
  ],
  async measure({ quick, say }) {
    return inFolder(async (folder) => {
      const place = { dataDir: folder };
      const shop = await openShop(place, { households: quick ? 30 : 300 });
      const figures: Figure[] = [];
      for (const clients of CLIENTS) {
        const name = `${clients} ${clients === 1 ? 'client' : 'clients'}`;
        say(name);
        const round = async (program: 'idle' | 'server', next: ReturnType<typeof redeems>): Promise<Load> => {
          const running = await startProcess(program, place);
          try {
            await loadOf(running, clients, 1, next);
            return await loadOf(running, clients, quick ? 1 : 5, next);
          } finally {
            await running.stop();
          }
        };
        const found = await inTurn(
          quick ? 1 : 5,
          () => round('idle', nothings(shop)),
          () => round('server', redeems(shop)),
        );
        const rates = (loads: readonly Load[]) => loads.map(({ perSecond }) => perSecond);
        figures.push(
          ratioFigure(
            name,
            { reference: rates(found.reference), ours: rates(found.ours) },
            '/s',
            clients === 64 ? { atLeast: REACH } : undefined,
          ),
          {
            what: `${name}: p99 of a redemption`,
            unit: 'ms',
            values: found.ours.map(({ p99Ms }) => p99Ms),
          },
        );
      }
      return figures;
    });
  },
};
