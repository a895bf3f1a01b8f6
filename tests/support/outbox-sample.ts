import { TestOutbox } from './outbox.ts';
import type { Furnished } from './sample-parts.ts';
import type { Caller, TestServer, TestVillage } from './served.ts';

interface Parts {
  readonly as: Caller;
  readonly household: { readonly id: string; readonly number: string; readonly cardIssuedAtMs: number };
  readonly goodsId: string;
}

/** A device at the counter with rows to send, and one that came and asks for somebody's eyes. */
export async function outboxSample(
  server: TestServer,
  village: TestVillage,
  { as, household, goodsId }: Parts,
): Promise<Furnished['outbox']> {
  // A counter of its own: what it hands out is not the last redemption of the other one.
  const kiosk = await server.asKiosk(village);
  const box = await TestOutbox.of(server, kiosk.device);
  const shift = (await server.must('kiosk.state', { as: kiosk })).shift?.id ?? '';
  const add = (price: number, how: { done: 'here' | 'server'; entry?: number } = { done: 'here' }) =>
    box.add(
      'kiosk.redeem',
      shift,
      {
        ...{ householdId: household.id, householdNumber: household.number, points: price, balance: 0 },
        lines: [{ goodsId, name: '大米', unit: '袋', quantity: 1, price }],
        ...{ presence: { cardIssuedAtMs: household.cardIssuedAtMs }, pinProof: null, vouchProofs: [] },
      },
      { copy: 1, ...how },
    );
  // As after a restored backup.
  const marked = await add(1600, { done: 'server', entry: 1 });
  const rows = [await add(1600), await add(1600)];
  const body = { rows: [marked], isEmptyAfter: false };
  const { answers } = await server.must('outbox.send', { as: kiosk.device, body });
  const { items } = await server.must('outbox.late', { as });
  const markedId = items.find(({ entry }) => entry === answers[0]?.entry)?.id ?? '';
  return { device: box.key.device, rows, markedId };
}
