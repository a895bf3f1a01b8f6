import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CommandObserver, createCommandQueue } from '../../server/commands/index.ts';
import { redeem } from '../../server/kiosk/index.ts';
import { basketOf, fillVillage, HOUSEHOLDS, kioskAtOf, VILLAGE } from '../support/command-village.ts';
import type { Ledger } from '../support/ledger.ts';
import { hasPostgres } from '../support/postgres.ts';
import { withCard } from '../support/presence.ts';
import { type KioskCaller, startTestServer, type TestServer } from '../support/server.ts';
import { addGoods, addHousehold } from '../support/shop.ts';
import { roundTripsOf, statementsOf } from '../support/statements.ts';
import { openTestStore, type TestStore } from '../support/stores.ts';

const TOGETHER = 64;

describe.skipIf(!hasPostgres)('the round trips of commands to PostgreSQL', () => {
  let own: TestStore;
  let ledger: Ledger;
  const ran: number[] = [];
  beforeAll(async () => {
    own = await openTestStore('postgres');
    ledger = await fillVillage(own.store);
  });
  afterAll(() => own.remove());

  let made = 0;
  const at = (n: number) => ({ ...kioskAtOf(ledger, n), pinAbove: null });
  async function redeemed(count: number) {
    const observer: CommandObserver = {
      opened: () => undefined,
      onWritten: () => undefined,
      ran: (commands) => void ran.push(commands),
    };
    const queue = createCommandQueue(own.store, observer);
    const one = (goodsId: 'salt' | 'rice') => {
      const n = (made += 1);
      const basket = basketOf(HOUSEHOLDS[n % 3] ?? 'h1', goodsId, 1);
      return queue.run(VILLAGE, () => Promise.resolve(redeem.with(basket, at(n))));
    };
    ran.length = 0;
    // Rice has a limit a month, so that some ask a second time.
    return Promise.all(Array.from({ length: count }, (_, index) => one(index === 0 ? 'rice' : 'salt')));
  }

  test('are three for a commit of 64 redemptions, some with a second round of reads', async () => {
    const { result, roundTrips } = await roundTripsOf(() => redeemed(TOGETHER));
    expect(result).toHaveLength(TOGETHER);
    expect(ran).toEqual([TOGETHER]);
    expect(roundTrips).toBeLessThanOrEqual(3);
  });

  test('are as many for one alone, and its statements no more than those of 64', async () => {
    const alone = await roundTripsOf(() => statementsOf(() => redeemed(1)));
    const together = await statementsOf(() => redeemed(4));
    expect(alone.roundTrips).toBeLessThanOrEqual(3);
    const { statements } = alone.result;
    expect(statements.length).toBeGreaterThan(10);
    // Rows of the same table that change in different columns are statements of their own.
    expect(together.statements.length).toBeLessThanOrEqual(statements.length + 3);
  });
});

describe.skipIf(!hasPostgres)('the round trips of a redemption through HTTP', () => {
  let server: TestServer;
  let kiosk: KioskCaller;
  let redeemOne: (client: number) => Promise<void>;
  beforeAll(async () => {
    server = await startTestServer('postgres');
    kiosk = await server.asKiosk();
    const households = await Promise.all(
      Array.from({ length: TOGETHER }, () => addHousehold(server, 10_000)),
    );
    const soap = await addGoods(
      server,
      { price: 10, costFen: 100, monthlyLimit: 500 },
      { quantity: 500, costFen: 50_000 },
    );
    const lines = [{ goodsId: soap.id, quantity: 1 }];
    const baskets = await Promise.all(
      households.map(({ id: householdId }) =>
        withCard(server, kiosk, { householdId, lines, expectedPoints: 10 }),
      ),
    );
    redeemOne = async (client) => {
      const body = baskets[client] ?? { householdId: '', lines, expectedPoints: 10 };
      await server.must('kiosk.redeem', { as: kiosk, body });
    };
    await redeemOne(0);
  });
  afterAll(() => server.remove());

  test('are three for a lone one, its caller looked up and its item with a limit', async () => {
    const { roundTrips } = await roundTripsOf(() => redeemOne(0));
    expect(roundTrips).toBeLessThanOrEqual(3);
  });

  test('are no more than one on average for 64 clients', async () => {
    const times = 4;
    const { roundTrips } = await roundTripsOf(() =>
      Promise.all(
        Array.from({ length: TOGETHER }, async (_, client) => {
          for (let time = 0; time < times; time += 1) await redeemOne(client);
        }),
      ),
    );
    expect(roundTrips).toBeLessThanOrEqual(TOGETHER * times);
  });
});
