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
  // It looks as after a restored backup, by somebody whom the village does not know: it waits for somebody's eyes and books nothing.
  const markedShift = `shift-of-nobody-${village.id}`;
  const marked = await box.add(
    'kiosk.beginShift',
    markedShift,
    { volunteerId: 'nobody' },
    { done: 'server', entry: 1, copy: 1 },
  );
  const add = () =>
    box.add(
      'kiosk.redeem',
      shift,
      {
        ...{ householdId: household.id, householdNumber: household.number, points: 1600, balance: 0 },
        lines: [{ goodsId, name: '大米', unit: '袋', quantity: 1, price: 1600 }],
        ...{ presence: { cardIssuedAtMs: household.cardIssuedAtMs }, pinProof: null, vouchProofs: [] },
      },
      { done: 'here' },
    );
  const rows = [await add(), await add()];
  await server.must('outbox.send', { as: kiosk.device, body: { rows: [marked], isEmptyAfter: false } });
  const { items } = await server.must('outbox.late', { as });
  const waiting = await TestOutbox.unconfirmed(server, kiosk.device);
  return {
    ...{ device: box.key.device, waitingDevice: waiting.key.device },
    ...{ rows, markedId: items[0]?.id ?? '', markedShift },
  };
}
