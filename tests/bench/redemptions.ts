/** Redemptions of one item, each a command under its key, as the server runs them. */
import { newKey } from '../../client/api/new-key.ts';
import type { Store } from '../../db/index.ts';
import type { CommandQueue } from '../../server/commands/index.ts';
import { inputHash } from '../../server/http/canonical.ts';
import { onceForKey } from '../../server/http/idempotency.ts';
import { createIds } from '../../server/http/index.ts';
import { redeem } from '../../server/kiosk/index.ts';
import { recalledReceipt } from '../../server/kiosk/recalled-receipt.ts';
import type { Receipt } from '../../server/kiosk/receipts.ts';
import { createRandom } from '../../server/random.ts';
import { businessDay } from '../../shared/business-day.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import type { Ledger } from '../support/ledger.ts';
import { PRICE_HUNDREDTHS, type Shop } from './shop.ts';

interface Counter {
  readonly store: Store;
  readonly queue: CommandQueue;
  readonly ledger: Ledger;
  readonly shop: Shop;
}

/** Gives the next household its item; resolves when that is on the disk. */
export async function openCounter({
  store,
  queue,
  ledger,
  shop,
}: Counter): Promise<(index: number) => Promise<void>> {
  const { villageId, householdIds, goodsIds } = shop;
  const [shift] = await store.read(({ db, t }) => db.select().from(t.shifts).limit(1));
  if (!shift) throw new Error('nobody is on duty');
  const newId = createIds(Date.now, createRandom());
  return async (index) => {
    const nowMs = Date.now();
    const idempotencyKey = newKey();
    const at = {
      ...{
        villageId,
        actorId: shift.volunteerId,
        nowMs,
        today: businessDay(nowMs, DEFAULT_SETTINGS.timeZone),
      },
      ...{ newId, ledger, idempotencyKey, kioskId: shift.kioskId, shiftId: shift.id },
      ...{ pinAbove: null, vouchedMost: 5000, openedAtMs: 0 },
    };
    const household = index % householdIds.length;
    const recognised = { how: 'card', cardIssuedAtMs: shop.cardsIssuedAtMs?.[household] ?? 0 } as const;
    const basket = {
      householdId: householdIds[household] ?? '',
      recognised,
      lines: [{ goodsId: goodsIds[index % goodsIds.length] ?? '', quantity: 1 }],
      ...{ expectedPoints: PRICE_HUNDREDTHS, isPinProven: null, vouchProofs: [] },
    };
    const asked = {
      villageId,
      key: idempotencyKey,
      route: 'kiosk.redeem' as const,
      actorId: shift.kioskId,
      nowMs,
    };
    const call = onceForKey({ ...asked, inputHash: inputHash(basket) }, redeem.with(basket, at), {
      fresh: (answer) => ({ outcome: answer, kept: recalledReceipt.parts(answer as Receipt) }),
      again: (kept) => recalledReceipt.whole(kept),
    });
    await queue.run(villageId, () => Promise.resolve(call));
  };
}
