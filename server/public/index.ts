/** What households and passers-by see: /me behind card and PIN, /board open to all. */
import type { EndpointsOf, Handlers } from '../http/index.ts';
import { endSession } from '../identity/index.ts';
import { listVillages, viewBoard } from './board.ts';
import type { PublicDeps } from './deps.ts';
import { checkPin, confirmPin } from './login.ts';
import { goodsForOwn, ownPassbook, viewOwn } from './me.ts';

export type { PublicDeps } from './deps.ts';

export function publicHandlers({
  identity,
  namesOf,
}: PublicDeps): Handlers<EndpointsOf<'me'> | EndpointsOf<'board'>> {
  return {
    'me.login': async ({ body }, context) => {
      const { store, nowMs } = context;
      const checked = await checkPin(context, body);
      const { villageId, householdId } = checked;
      const token = await store.transaction(async (tx) => {
        await confirmPin(tx, checked);
        return identity.openHouseholdSession(tx, villageId, householdId, {
          nowMs,
          newId: () => context.newId(),
        });
      });
      return {
        token,
        view: await store.read((reader) => viewOwn(reader, { villageId, householdId, namesOf })),
      };
    },
    'me.logout': async (_, { store, actor, nowMs }) => {
      const { sessionId } = actor;
      if (sessionId !== undefined) await store.transaction((tx) => endSession(tx, sessionId, nowMs));
      return { ok: true };
    },
    'me.view': (_, { reader, village, actor }) =>
      viewOwn(reader, { villageId: village.id, householdId: actor.id, namesOf }),
    'me.passbook': ({ query }, { reader, village, actor }) =>
      ownPassbook(reader, { villageId: village.id, householdId: actor.id, namesOf }, query),
    'me.goods': async (_, { reader, village, actor }) => ({
      items: await goodsForOwn(reader, village.id, actor.id),
    }),
    'board.villages': async (_, { reader }) => ({ items: await listVillages(reader) }),
    'board.view': ({ params }, { reader, nowMs }) => viewBoard(reader, params.villageId, nowMs),
  };
}
