import { and, eq } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/store.ts';
import { Refusal } from '../../shared/errors.ts';
import { type EndpointsOf, type Handlers, withBefore } from '../http/index.ts';
import { balanceOn, householdAccount, passbook } from '../ledger/index.ts';
import { giveCards, revokeCards } from './cards.ts';
import { listGroups, listHouseholds } from './list.ts';
import { getHousehold } from './rows.ts';
import { addHousehold, changeHousehold } from './write.ts';

/** What this room needs of others; given where the server is put together. */
export interface HouseholdsDeps {
  /** Answers 0…below−1, unpredictably. */
  randomInt(below: number): number;
  newPin(): string;
  hashSecret(secret: string): Promise<string>;
  /** Ends a household's phone log-ins and forgets its wrong PINs. */
  endSessions(tx: Tx, villageId: string, householdId: string, nowMs: number): Promise<void>;
  /** Display names of those who book: staff and volunteers. */
  namesOf(reader: Reader, villageId: string, ids: readonly string[]): Promise<Map<string, string>>;
  /** Where phones reach this server, such as https://jifen.example; empty: the card's address is relative. */
  readonly publicUrl: string;
}

export function householdsHandlers(deps: HouseholdsDeps): Handlers<EndpointsOf<'households'>> {
  return {
    'households.list': ({ query }, { reader, village }) => listHouseholds(reader, village.id, query),

    'households.groups': async (_input, { reader, village }) => ({ items: await listGroups(reader, village.id) }),

    'households.create': async ({ body }, { tx, village, nowMs, newId }) => {
      const id = newId();
      const { number, group, head, size = null, phone = null, note = '' } = body;
      const ink = { nowMs, randomInt: deps.randomInt };
      await addHousehold(tx, village.id, { id, number, group, head, size, phone, note }, ink);
      return getHousehold(tx, village.id, id);
    },

    'households.get': ({ params: { id } }, { reader, village }) => getHousehold(reader, village.id, id),

    'households.update': async ({ params: { id }, body }, { tx, village, nowMs }) => {
      await changeHousehold(tx, village.id, id, body, nowMs);
      return getHousehold(tx, village.id, id);
    },

    'households.passbook': async ({ params: { id }, query }, { reader, village }) => {
      await refuseUnknown(reader, village.id, id);
      const { lines, next } = await passbook(reader, village.id, householdAccount(id), query);
      const names = await deps.namesOf(reader, village.id, Array.from(new Set(lines.map((line) => line.actorId))));
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
      const codes = await giveCards(tx, village.id, [id], { nowMs, randomInt: deps.randomInt });
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
        const pin = deps.newPin();
        return { pin, pinHash: await deps.hashSecret(pin) };
      },
      run: async ({ params: { id } }, { tx, village, nowMs }, { pin, pinHash }) => {
        const { households } = tx.t;
        const changed = await tx.db
          .update(households)
          .set({ pinHash, updatedAtMs: nowMs })
          .where(and(eq(households.villageId, village.id), eq(households.id, id)))
          .returning({ id: households.id });
        if (changed.length === 0) throw new Refusal('household.not_found');
        await deps.endSessions(tx, village.id, id, nowMs);
        return { pin };
      },
    }),
  };
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
