/** A shop with something on its shelves and households with points, for the tests of kiosk, /me and /board. */
import { randomBytes } from 'node:crypto';
import {
  accountId,
  balancesOf,
  createLedger,
  type FactInput,
  goodsAccount,
  householdAccount,
  orRefuse,
  stockCostAccount,
  villageAccount,
} from './ledger.ts';
import { withSecond } from './second-person.ts';
import type { AnswerOf, Caller, KioskCaller, Sent, TestServer, TestVillage } from './server.ts';

type Goods = AnswerOf<'goods.list'>['items'][number];

const GOODS = {
  kind: 'goods',
  category: '米面粮油',
  unit: '袋',
  price: 1000,
  costFen: 900,
  barcode: null,
  monthlyLimit: null,
  enabled: true,
} as const;

let made = 0;

/** A new item, with so many pieces taken in for so much. */
export async function addGoods(
  server: TestServer,
  fields: Partial<Omit<Goods, 'id' | 'stock'>> = {},
  stock?: { quantity: number; costFen: number },
  as: Caller = server.admin,
): Promise<Goods> {
  made += 1;
  const item = await server.must('goods.create', { as, body: { ...GOODS, name: `商品${made}`, ...fields } });
  if (stock) {
    const body = { quantity: stock.quantity, totalCostFen: stock.costFen, source: 'bought' } as const;
    await takeIn(server, { as, params: { id: item.id }, body });
  }
  return item;
}

/** Takes pieces in. If a day's goods need a second person, one is there for this alone. */
async function takeIn(
  server: TestServer,
  sent: Sent<'goods.stockIn'> & { readonly as: Caller },
): Promise<void> {
  const { status, problem } = await server.call('goods.stockIn', sent);
  if (status === 200) return;
  if (problem.code !== 'change.needs_second') throw new Error(`goods.stockIn: ${problem.code}`);
  const by = await server.asStaff('approver');
  await withSecond(server, 'goods.stockIn', { ...sent, by });
  await server.retire(by);
}

/** A new household with so many hundredths of a point from before. */
export async function addHousehold(
  server: TestServer,
  hundredths = 0,
  head = '王小明',
  village: TestVillage = server,
) {
  const household = await server.must('households.create', {
    as: village.admin,
    body: { head, group: '第一组' },
  });
  if (hundredths > 0) await givePoints(server, household.id, hundredths, village.id);
  return household;
}

export async function givePoints(
  server: TestServer,
  householdId: string,
  hundredths: number,
  villageId = server.id,
  facts: readonly FactInput[] = [],
) {
  const ledger = createLedger({ clock: () => server.clock.nowMs, guardsClock: false });
  await server.store.transaction(async (tx) =>
    orRefuse(
      await ledger.post(tx, {
        villageId,
        kind: 'opening',
        effectiveOn: '2026-01-01',
        idempotencyKey: randomBytes(12).toString('hex'),
        actorId: 'system',
        facts,
        lines: [
          { account: villageAccount('opening'), amount: -hundredths },
          { account: householdAccount(householdId), amount: hundredths },
        ],
      }),
    ),
  );
}

/** Points of a household, pieces and cost of an item, as the ledger has them. */
export async function standing(server: TestServer, householdId: string, goodsId: string) {
  const accounts = [householdAccount(householdId), goodsAccount('shelf', goodsId), stockCostAccount(goodsId)];
  const found = await server.store.read((reader) => balancesOf(reader, server.id, accounts));
  const [points, pieces, costFen] = accounts.map((account) => found.get(accountId(account)) ?? 0);
  return { points, pieces, costFen };
}

/** The volunteer signs in once more, after the clock went past the end of the shift. */
export async function signInAgain(server: TestServer, kiosk: KioskCaller): Promise<KioskCaller> {
  const { device, volunteerId, pin } = kiosk;
  const { shiftToken } = await server.must('kiosk.signIn', { as: device, body: { volunteerId, pin } });
  return { ...kiosk, headers: { ...device.headers, 'X-Shift': shiftToken } };
}
