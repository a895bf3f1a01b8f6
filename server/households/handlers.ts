import type { Reader, Tx } from '../../db/store.ts';
import { addressOf } from '../../shared/address/address.ts';
import { cardUrl } from '../../shared/cards/card-url.ts';
import type { endpoints } from '../../shared/households/endpoints.ts';
import { nextHouseholdNumber } from '../../shared/households/number.ts';
import { askNow } from '../commands/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { type AnswerKeys, type HandlersOf, type RandomBytes, withBefore } from '../http/index.ts';
import { endPhone, hashSecret, listPhones, newPin, randomBelow } from '../identity/index.ts';
import { balanceOn, passbook } from '../ledger/index.ts';
import { householdAccount } from './ledger-kinds.ts';
import { type CardInk, giveCards, revokeCards } from '../cards/index.ts';
import { exportHouseholds } from './export.ts';
import { listGroups, listHouseholds } from './list.ts';
import { drawPins, type FreshPin, givePins } from './pin-runs.ts';
import { pinSlipsOf } from './pin-slips.ts';
import { setPin } from './pins.ts';
import { findHousehold, getHousehold, householdNumbers, successorOf } from './rows.ts';
import { reopenHousehold } from './state.ts';
import { addHousehold, changeHousehold } from './write.ts';

export interface HouseholdsServices {
  readonly random: RandomBytes;
  /** Display names of those who book, by id: staff and volunteers. */
  namesOf(reader: Reader, villageId: string): Promise<Map<string, string>>;
  /**
   * The address at which phones reach this server unless the village chose one, such as https://jifen.example. Without
   * any the card's address is relative.
   */
  readonly publicUrl: string;
  /** Keys for the PINs of a run, kept for a day. */
  readonly pinSlipKeys: AnswerKeys;
}

type PinRunHandlers = Pick<HandlersOf<typeof endpoints>, 'households.pinSlips' | 'households.makePins'>;

function pinRunHandlers(services: HouseholdsServices): PinRunHandlers {
  return {
    'households.pinSlips': async (_input, { reader, village, actor, nowMs }) => ({
      items: await pinSlipsOf(reader, {
        villageId: village.id,
        madeBy: actor.id,
        nowMs,
        keys: services.pinSlipKeys,
      }),
    }),

    'households.makePins': withBefore<'households.makePins', FreshPin[]>({
      before: ({ body }) => drawPins(services.random, body.householdIds.length),
      run: async ({ body: { householdIds, replace } }, { tx, village, actor, nowMs }, pins) => {
        await tx.lockBook(village.id);
        const { random, pinSlipKeys: keys } = services;
        const run = { villageId: village.id, madeBy: actor.id, nowMs, keys, random };
        return givePins(tx, run, householdIds, { replace, pins });
      },
    }),
  };
}

export function householdsHandlers(services: HouseholdsServices): HandlersOf<typeof endpoints> {
  const inkAt = (nowMs: number): CardInk => ({
    nowMs,
    randomInt: (below) => randomBelow(services.random, below),
  });
  return {
    'households.list': ({ query }, { reader, village }) => listHouseholds(reader, village.id, query),

    'households.export': ({ params: { format }, query: filter }, { reader, village, today }) => {
      const order = { villageId: village.id, villageName: village.name, filter, format, today };
      return Promise.resolve(exportHouseholds(reader, order));
    },

    'households.groups': async (_input, { reader, village }) => ({
      items: await listGroups(reader, village.id),
    }),

    'households.nextNumber': async (_input, { reader, village }) => ({
      number: nextHouseholdNumber(await askNow(reader, village.id, householdNumbers.one(['']))),
    }),
    ...pinRunHandlers(services),

    'households.create': async ({ body }, context) => {
      const { tx, village, nowMs } = context;
      const id = context.newId();
      const { number, originalNumber = null, group, head, size = null, phone = null, note = '' } = body;
      const fresh = { id, number, originalNumber, group, head, size, phone, note };
      await addHousehold(tx, village.id, fresh, inkAt(nowMs));
      return getHousehold(tx, village.id, id);
    },

    'households.get': async ({ params: { id } }, { reader, village }) => {
      const household = await getHousehold(reader, village.id, id);
      return {
        ...household,
        cardUrl:
          household.card && cardUrl(addressOf(village.settings, services.publicUrl), household.card.code),
        successor: await successorOf(reader, village.id, id),
      };
    },

    'households.update': async ({ params: { id }, body }, { tx, village, nowMs }) => {
      await changeHousehold(tx, village.id, id, body, nowMs);
      return getHousehold(tx, village.id, id);
    },

    'households.passbook': async ({ params: { id }, query }, { reader, village }) => {
      await findHousehold(reader, village.id, id);
      const { lines, next } = await passbook(reader, village.id, householdAccount(id), query);
      const names = await services.namesOf(reader, village.id);
      return { items: lines.map((line) => ({ ...line, bookedBy: names.get(line.actorId) ?? '' })), next };
    },

    'households.balanceOn': async ({ params: { id }, query: { on } }, { reader, village }) => {
      await findHousehold(reader, village.id, id);
      return { on, balance: await balanceOn(reader, village.id, householdAccount(id), on) };
    },

    'households.issueCard': async ({ params: { id } }, { tx, village, nowMs }) => {
      await tx.lockBook(village.id);
      await refuseIfClosed(tx, village.id, id);
      await revokeCards(tx, village.id, id, nowMs);
      const codes = await giveCards(tx, village.id, [id], inkAt(nowMs));
      const code = codes.get(id) ?? '';
      return { code, url: cardUrl(addressOf(village.settings, services.publicUrl), code) };
    },

    'households.revokeCard': async ({ params: { id } }, { tx, village, nowMs }) => {
      await tx.lockBook(village.id);
      await findHousehold(tx, village.id, id);
      if (!(await revokeCards(tx, village.id, id, nowMs))) throw new Refusal('card.unknown');
      return { ok: true };
    },

    'households.resetPin': withBefore<'households.resetPin', { pin: string; pinHash: string }>({
      before: async () => {
        const pin = newPin(services.random);
        return { pin, pinHash: await hashSecret(pin) };
      },
      run: async ({ params: { id } }, { tx, village, nowMs }, { pin, pinHash }) => {
        await tx.lockBook(village.id);
        await refuseIfClosed(tx, village.id, id);
        await setPin(tx, village.id, { id, pinHash, nowMs });
        return { pin };
      },
    }),

    'households.phones': async ({ params: { id } }, { reader, village, nowMs }) => {
      await findHousehold(reader, village.id, id);
      return { items: await listPhones(reader, { villageId: village.id, householdId: id }, nowMs) };
    },

    'households.endPhone': async ({ params: { id, phoneId } }, { tx, village, nowMs }) => {
      await findHousehold(tx, village.id, id);
      await endPhone(tx, { villageId: village.id, householdId: id }, phoneId, nowMs);
      return { ok: true };
    },

    'households.reopen': async ({ params: { id } }, { tx, village, nowMs }) => {
      await reopenHousehold(tx, village.id, id, inkAt(nowMs));
      return getHousehold(tx, village.id, id);
    },
  };
}

async function refuseIfClosed(tx: Tx, villageId: string, id: string): Promise<void> {
  const { state, number } = await findHousehold(tx, villageId, id);
  if (state === 'closed') throw new Refusal('household.closed', { number });
}
