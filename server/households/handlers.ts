import { and, eq } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/store.ts';
import { Refusal } from '../../shared/errors.ts';
import { type EndpointsOf, type Handlers, type RandomBytes, withBefore } from '../http/index.ts';
import {
  endPhone,
  endSessions,
  forgive,
  hashSecret,
  listPhones,
  newPin,
  randomBelow,
} from '../identity/index.ts';
import { balanceOn, householdAccount, passbook } from '../ledger/index.ts';
import { type CardInk, giveCards, revokeCards } from './cards.ts';
import { listGroups, listHouseholds } from './list.ts';
import { getHousehold } from './rows.ts';
import { addHousehold, changeHousehold } from './write.ts';

export interface HouseholdsDeps {
  readonly random: RandomBytes;
  /** Display names of those who book, by id: staff and volunteers. */
  namesOf(reader: Reader, villageId: string): Promise<Map<string, string>>;
  /** Where phones reach this server, such as https://jifen.example; empty: the card's address is relative. */
  readonly publicUrl: string;
}

export function householdsHandlers(deps: HouseholdsDeps): Handlers<EndpointsOf<'households'>> {
  const inkAt = (nowMs: number): CardInk => ({
    nowMs,
    randomInt: (below) => randomBelow(deps.random, below),
  });
  return {
    'households.list': ({ query }, { reader, village }) => listHouseholds(reader, village.id, query),

    'households.groups': async (_input, { reader, village }) => ({
      items: await listGroups(reader, village.id),
    }),

    'households.create': async ({ body }, context) => {
      const { tx, village, nowMs } = context;
      const id = context.newId();
      const { number, group, head, size = null, phone = null, note = '' } = body;
      await addHousehold(tx, village.id, { id, number, group, head, size, phone, note }, inkAt(nowMs));
      return getHousehold(tx, village.id, id);
    },

    'households.get': async ({ params: { id } }, { reader, village }) => {
      const household = await getHousehold(reader, village.id, id);
      return { ...household, cardUrl: household.card && cardUrl(deps.publicUrl, household.card.code) };
    },

    'households.update': async ({ params: { id }, body }, { tx, village, nowMs }) => {
      await changeHousehold(tx, village.id, id, body, nowMs);
      return getHousehold(tx, village.id, id);
    },

    'households.passbook': async ({ params: { id }, query }, { reader, village }) => {
      await refuseUnknown(reader, village.id, id);
      const { lines, next } = await passbook(reader, village.id, householdAccount(id), query);
      const names = await deps.namesOf(reader, village.id);
      return { items: lines.map((line) => ({ ...line, bookedBy: names.get(line.actorId) ?? '' })), next };
    },

    'households.balanceOn': async ({ params: { id }, query: { on } }, { reader, village }) => {
      await refuseUnknown(reader, village.id, id);
      return { on, balance: await balanceOn(reader, village.id, householdAccount(id), on) };
    },

    'households.issueCard': async ({ params: { id } }, { tx, village, nowMs }) => {
      await tx.lockBook(village.id);
      const state = await refuseUnknown(tx, village.id, id);
      if (state !== 'active') throw new Refusal('household.closed');
      await revokeCards(tx, village.id, id, nowMs);
      const codes = await giveCards(tx, village.id, [id], inkAt(nowMs));
      const code = codes.get(id) ?? '';
      return { code, url: cardUrl(deps.publicUrl, code) };
    },

    'households.revokeCard': async ({ params: { id } }, { tx, village, nowMs }) => {
      await tx.lockBook(village.id);
      await refuseUnknown(tx, village.id, id);
      if (!(await revokeCards(tx, village.id, id, nowMs))) throw new Refusal('card.unknown');
      return { ok: true };
    },

    'households.resetPin': withBefore<'households.resetPin', { pin: string; pinHash: string }>({
      before: async () => {
        const pin = newPin(deps.random);
        return { pin, pinHash: await hashSecret(pin) };
      },
      run: async ({ params: { id } }, { tx, village, nowMs }, { pin, pinHash }) => {
        await setPin(tx, village.id, { id, pinHash, nowMs });
        return { pin };
      },
    }),

    'households.phones': async ({ params: { id } }, { reader, village, nowMs }) => {
      await refuseUnknown(reader, village.id, id);
      return { items: await listPhones(reader, { villageId: village.id, householdId: id }, nowMs) };
    },

    'households.endPhone': async ({ params: { id, phoneId } }, { tx, village, nowMs }) => {
      await refuseUnknown(tx, village.id, id);
      await endPhone(tx, { villageId: village.id, householdId: id }, phoneId, nowMs);
      return { ok: true };
    },
  };
}

/** Gives a household a PIN; what was open on phones ends, and wrong tries are forgotten. */
export async function setPin(
  tx: Tx,
  villageId: string,
  { id, pinHash, nowMs }: { readonly id: string; readonly pinHash: string; readonly nowMs: number },
): Promise<void> {
  const { households } = tx.t;
  const changed = await tx.db
    .update(households)
    .set({ pinHash, updatedAtMs: nowMs })
    .where(and(eq(households.villageId, villageId), eq(households.id, id)))
    .returning({ id: households.id });
  if (changed.length === 0) throw new Refusal('household.not_found');
  await endSessions(tx, { villageId, kind: 'household', id }, nowMs);
  for (const by of ['card', 'number', 'counter'] as const) await forgive(tx, villageId, pinSubject(id, by));
}

/**
 * Under which name a household's wrong PINs are counted. Its number is known to everybody: whoever locks it by
 * guessing must not lock out who holds the card, nor who stands at the shop's counter.
 */
export function pinSubject(householdId: string, by: 'card' | 'number' | 'counter'): string {
  return `household:${householdId}:${by}`;
}

/** What a card's QR holds. The code stands behind #, which browsers never send, so that no log keeps it. */
export function cardUrl(publicUrl: string, code: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/me/#c=${code}`;
}

async function refuseUnknown(reader: Reader, villageId: string, id: string): Promise<'active' | 'closed'> {
  const { households } = reader.t;
  const [found] = await reader.db
    .select({ state: households.state })
    .from(households)
    .where(and(eq(households.villageId, villageId), eq(households.id, id)));
  if (!found) throw new Refusal('household.not_found');
  return found.state;
}
