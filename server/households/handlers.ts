import type { Reader, Tx } from '../../db/store.ts';
import { lastDigits } from '../../shared/cards/code.ts';
import type { endpoints } from '../../shared/households/endpoints.ts';
import type { Household } from '../../shared/households/contract.ts';
import { isEasyPin } from '../../shared/pin.ts';
import { nextHouseholdNumber } from '../../shared/households/number.ts';
import type { NamesThen } from '../acts/index.ts';
import { askNow } from '../commands/index.ts';
import { Refusal } from '../../shared/errors.ts';
import {
  type AnswerKeys,
  type HandlersOf,
  type RandomBytes,
  type ReadContext,
  withBefore,
} from '../http/index.ts';
import { endPhone, hashSecret, listPhones, randomBelow } from '../identity/index.ts';
import { balanceOn, passbook } from '../ledger/index.ts';
import { householdAccount } from './ledger-kinds.ts';
import { type CardInk, giveCards, revokeCards } from '../cards/index.ts';
import { withoutNetworkIn } from '../outbox/index.ts';
import { askedIn } from '../proposals/index.ts';
import { type WitnessesOf, witnessedIn } from '../witnesses.ts';
import { cardOf, toldOf } from './told-of.ts';
import { exportHouseholds } from './export.ts';
import { listGroups, listHouseholds } from './list.ts';
import { drawPins, type FreshPin, givePins } from './pin-runs.ts';
import { pinSlipsOf, takeSlips } from './pin-slips.ts';
import { endLogIns, setPin } from './pins.ts';
import { findHousehold, getHousehold, householdNumbers, successorOf } from './rows.ts';
import { reopenHousehold } from './state.ts';
import { addHousehold, changeHousehold } from './write.ts';

export interface HouseholdsServices {
  readonly random: RandomBytes;
  /** The names of those who book, as they were then. */
  readonly namesThen: NamesThen;
  readonly witnessesOf: WitnessesOf;
  /** Reads what the shop takes with a second volunteer only, the latest first. */
  readonly newThingsOf: (
    reader: Reader,
    villageId: string,
    household: Pick<Household, 'id' | 'pinSetAtMs'>,
    at: { readonly openedAtMs: number | null; readonly nowMs: number },
  ) => Promise<readonly { readonly what: 'card' | 'pin'; readonly sinceMs: number }[]>;
  /** Keys for the PINs of a run, kept for a day. */
  readonly pinSlipKeys: AnswerKeys;
}

type PinRunHandlers = Pick<
  HandlersOf<typeof endpoints>,
  'households.pinSlips' | 'households.takePinSlips' | 'households.makePins'
>;

function pinRunHandlers(services: HouseholdsServices): PinRunHandlers {
  return {
    'households.pinSlips': async (_input, { reader, village, actor, nowMs }) => ({
      items: await pinSlipsOf(reader, { villageId: village.id, madeBy: actor.id, nowMs }),
    }),

    'households.takePinSlips': async ({ body: { householdIds } }, { tx, village, actor, nowMs, act }) => {
      await tx.lockBook(village.id);
      const maker = { villageId: village.id, madeBy: actor.id, nowMs, keys: services.pinSlipKeys };
      const items = await takeSlips(tx, maker, householdIds);
      act(
        ...items.map(({ householdId }) => {
          return { act: 'households.pin_slips_read', on: `household:${householdId}` } as const;
        }),
      );
      return { items };
    },

    'households.makePins': withBefore<'households.makePins', FreshPin[]>({
      before: ({ body }) => drawPins(services.random, body.householdIds.length),
      run: async ({ body: { householdIds, replace } }, { tx, village, actor, nowMs, act }, pins) => {
        await tx.lockBook(village.id);
        const { random, pinSlipKeys: keys } = services;
        const run = { villageId: village.id, madeBy: actor.id, nowMs, keys, random };
        const { given, kept } = await givePins(tx, run, householdIds, { replace, pins });
        act(...given.map((id) => ({ act: 'households.pin_set', on: `household:${id}` }) as const));
        return { made: given.length, kept };
      },
    }),
  };
}

type CardHandlers = Pick<HandlersOf<typeof endpoints>, 'households.issueCard' | 'households.revokeCard'>;

function cardHandlers(inkAt: (nowMs: number) => CardInk): CardHandlers {
  return {
    'households.issueCard': async ({ params: { id } }, { tx, village, nowMs, act }) => {
      await tx.lockBook(village.id);
      await refuseIfClosed(tx, village.id, id);
      // A lost card with its PIN may have opened a phone, and a new card is often given for just that.
      if (await revokeCards(tx, village.id, id, nowMs)) await endLogIns(tx, village.id, id, nowMs);
      const codes = await giveCards(tx, village.id, [id], inkAt(nowMs));
      const code = codes.get(id) ?? '';
      act({ act: 'cards.issued', on: `household:${id}`, is: { card: lastDigits(code) } });
      return { lastDigits: lastDigits(code) };
    },

    'households.revokeCard': async ({ params: { id } }, { tx, village, nowMs, act }) => {
      await tx.lockBook(village.id);
      const { card } = await getHousehold(tx, village.id, id);
      if (!(await revokeCards(tx, village.id, id, nowMs))) throw new Refusal('card.unknown');
      await endLogIns(tx, village.id, id, nowMs);
      act({ act: 'cards.revoked', on: `household:${id}`, was: { card: card?.lastDigits ?? '' } });
      return { ok: true };
    },
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
    ...cardHandlers(inkAt),

    'households.create': async ({ body }, context) => {
      const { tx, village, nowMs } = context;
      const id = context.newId();
      const { number, originalNumber = null, group, head, size = null, phone = null, note = '' } = body;
      const fresh = { id, number, originalNumber, group, head, size, phone, note };
      await addHousehold(tx, village.id, fresh, inkAt(nowMs));
      const made = await getHousehold(tx, village.id, id);
      context.act({ act: 'households.created', on: `household:${id}`, is: toldOf(made) }, ...cardOf(made));
      return made;
    },

    'households.get': ({ params: { id } }, at) => oneHousehold(services, id, at),

    'households.update': async ({ params: { id }, body }, context) => {
      const { tx, village, act } = context;
      const was = toldOf(await getHousehold(tx, village.id, id));
      await changeHousehold(tx, village.id, id, body, context);
      const now = await getHousehold(tx, village.id, id);
      act({ act: 'households.changed', on: `household:${id}`, was, is: toldOf(now) });
      return now;
    },

    'households.passbook': async ({ params: { id }, query }, { reader, village }) => {
      await findHousehold(reader, village.id, id);
      const { lines, next } = await passbook(reader, village.id, householdAccount(id), query);
      const nameThen = await services.namesThen(reader, village.id);
      const nameOf = (actorId: string, number: number) => nameThen(actorId, number) ?? '';
      const shown = { reader, villageId: village.id, lines };
      const witnessed = await witnessedIn(shown, services.witnessesOf, nameOf);
      const withoutNetwork = await withoutNetworkIn(reader, village.id, lines);
      const asked = await askedIn(reader, village.id, lines);
      const named = lines.map((line) => {
        const told = { witnessed: witnessed(line), ...withoutNetwork(line), ...asked(line) };
        return { ...line, bookedBy: nameOf(line.actorId, line.number), ...told };
      });
      return { items: named, next };
    },

    'households.balanceOn': async ({ params: { id }, query: { on } }, { reader, village }) => {
      await findHousehold(reader, village.id, id);
      return { on, balance: await balanceOn(reader, village.id, householdAccount(id), on) };
    },

    'households.resetPin': async ({ params: { id }, body: { pin } }, { store, village, nowMs, bookActs }) => {
      if (isEasyPin(pin)) throw new Refusal('auth.weak_pin');
      const pinHash = await hashSecret(pin);
      await store.transaction(async (tx) => {
        await tx.lockBook(village.id);
        await refuseIfClosed(tx, village.id, id);
        await setPin(tx, village.id, { id, pinHash, nowMs });
        await bookActs(tx, { act: 'households.pin_set', on: `household:${id}` });
      });
      return { ok: true };
    },

    'households.phones': async ({ params: { id } }, { reader, village, nowMs }) => {
      await findHousehold(reader, village.id, id);
      return { items: await listPhones(reader, { villageId: village.id, householdId: id }, nowMs) };
    },

    'households.endPhone': async ({ params: { id, phoneId } }, { tx, village, nowMs, act }) => {
      await findHousehold(tx, village.id, id);
      act({ act: 'households.phone_ended', on: `household:${id}` });
      await endPhone(tx, { villageId: village.id, householdId: id }, phoneId, nowMs);
      return { ok: true };
    },

    'households.reopen': async ({ params: { id } }, { tx, village, nowMs, act }) => {
      await reopenHousehold(tx, village.id, id, inkAt(nowMs));
      const now = await getHousehold(tx, village.id, id);
      act({ act: 'households.reopened', on: `household:${id}` }, ...cardOf(now));
      return now;
    },
  };
}

/** A household as its page shows it: with the one that took it over, and what of it is new. */
async function oneHousehold(
  { newThingsOf }: HouseholdsServices,
  id: string,
  { reader, village, nowMs }: Pick<ReadContext, 'reader' | 'village' | 'nowMs'>,
) {
  const { id: villageId, openedAtMs } = village;
  const household = await getHousehold(reader, villageId, id);
  const [latest = null] =
    household.state === 'active'
      ? await newThingsOf(reader, villageId, household, { openedAtMs, nowMs })
      : [];
  return { ...household, successor: await successorOf(reader, villageId, id), newSince: latest };
}

async function refuseIfClosed(tx: Tx, villageId: string, id: string): Promise<void> {
  const { state, number } = await findHousehold(tx, villageId, id);
  if (state === 'closed') throw new Refusal('household.closed', { number });
}
