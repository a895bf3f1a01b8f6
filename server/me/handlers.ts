import type { endpoints } from '../../shared/me/endpoints.ts';
import { confirmPin } from '../households/index.ts';
import type { Actor, HandlersOf } from '../http/index.ts';
import { deviceOf, endPhone, endSession, listPhones } from '../identity/index.ts';
import { changePin } from './change-pin.ts';
import type { MeServices, Own } from './deps.ts';
import { refuseHelper, setGoal } from './goal.ts';
import { checkPin } from './login.ts';
import { goodsForOwn, ownMonths, ownPassbook, rulesForOwn, viewOwn } from './me.ts';

export function meHandlers({
  householdSessions,
  namesThen,
  witnessesOf,
  popularity,
}: MeServices): HandlersOf<typeof endpoints> {
  const ownOf = ({ village, actor }: { village: { id: string }; actor: Actor }): Own => ({
    villageId: village.id,
    householdId: actor.id,
    sessionId: actor.sessionId ?? '',
    namesThen,
    witnessesOf,
  });
  return {
    'me.login': async ({ body }, context) => {
      const { store, nowMs } = context;
      const checked = await checkPin(context, body);
      const { villageId, householdId } = checked;
      const phone = { device: deviceOf(context.userAgent), helper: body.helper ?? null };
      const { token, sessionId } = await store.transaction(async (tx) => {
        await confirmPin(tx, checked);
        const when = { nowMs, newId: () => context.newId() };
        return householdSessions.open(tx, { villageId, id: householdId }, when, phone);
      });
      context.cameIn('household', householdId);
      const own = { villageId, householdId, sessionId, namesThen, witnessesOf };
      return { token, view: await store.read((reader) => viewOwn(reader, own, { nowMs, popularity })) };
    },
    'me.logout': async (_, { store, actor, nowMs }) => {
      const { sessionId } = actor;
      if (sessionId !== undefined) await store.transaction((tx) => endSession(tx, sessionId, nowMs));
      return { ok: true };
    },
    'me.view': (_, context) => viewOwn(context.reader, ownOf(context), { nowMs: context.nowMs, popularity }),
    'me.passbook': ({ query }, context) => ownPassbook(context.reader, ownOf(context), query),
    'me.months': ({ query }, context) => ownMonths(context.reader, ownOf(context), query.before),
    'me.goods': async (_, context) => {
      const { reader, village, today } = context;
      const ranks = await popularity.ranks(reader, village.id, today);
      return { items: await goodsForOwn(reader, ownOf(context), ranks, today) };
    },
    'me.rules': (_, { reader, village, today }) => rulesForOwn(reader, village, today),
    'me.setGoal': ({ body }, context) => setGoal(context.tx, ownOf(context), body.goodsId, context),
    'me.changePin': async ({ body }, context) => {
      await changePin(context, ownOf(context), body);
      return { ok: true };
    },
    'me.phones': async (_, context) => {
      const own = ownOf(context);
      await refuseHelper(context.reader, own);
      const phones = await listPhones(context.reader, own, context.nowMs);
      return { items: phones.map((phone) => ({ ...phone, isThis: phone.id === own.sessionId })) };
    },
    'me.endPhone': async ({ params }, context) => {
      const own = ownOf(context);
      await refuseHelper(context.tx, own);
      context.act({ act: 'households.phone_ended', on: `household:${own.householdId}` });
      await endPhone(context.tx, own, params.id, context.nowMs);
      return { ok: true };
    },
  };
}
