import type { endpoints } from '../../shared/acts/endpoints.ts';
import { findHousehold } from '../households/index.ts';
import { helperOf } from '../identity/index.ts';
import type { HandlersOf } from '../http/index.ts';
import { exportActs } from './export.ts';
import { type ActNames, listActs, listActsOf } from './list.ts';

export interface ActsServices {
  readonly actNames: ActNames;
}

export function actsHandlers({ actNames }: ActsServices): HandlersOf<typeof endpoints> {
  return {
    'acts.list': ({ query: { limit, ...filter } }, { reader, village }) =>
      listActs(reader, actNames, village.id, filter, limit),

    'acts.export': ({ query: filter }, { reader, village, today }) => {
      const { timeZone } = village.settings;
      const format = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
      const order = { villageId: village.id, villageName: village.name, filter, today };
      return Promise.resolve(
        exportActs(reader, actNames, { ...order, moment: (atMs) => format.format(atMs) }),
      );
    },

    'acts.ofHousehold': async ({ params: { id }, query }, { reader, village }) => {
      await findHousehold(reader, village.id, id);
      return listActsOf(reader, actNames, { villageId: village.id, householdId: id }, query);
    },

    'me.acts': async ({ query }, { reader, village, actor }) => {
      const own = { villageId: village.id, householdId: actor.id };
      const page = await listActsOf(reader, actNames, own, query);
      const helper = await helperOf(reader, own, actor.sessionId ?? '');
      // A neighbour who helps sees that something was done, and not the household's own data.
      return helper === null ? page : { ...page, items: page.items.map((act) => ({ ...act, changes: [] })) };
    },
  };
}
