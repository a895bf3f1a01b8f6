import type { Handlers, ReadContext } from '../http/index.ts';
import { refuseHelper } from '../public/index.ts';
import { exportHousehold, type NamesOf } from './export.ts';

export interface PrivacyDeps {
  /** Display names of those who book, by id: staff and volunteers. */
  readonly namesOf: NamesOf;
}

/** All that is kept about one household, for the office to hand over and for the household itself. */
export function privacyHandlers({
  namesOf,
}: PrivacyDeps): Handlers<'households.personalData' | 'me.personalData'> {
  const file = ({ reader, village, nowMs, today }: ReadContext, householdId: string) =>
    exportHousehold(reader, { village, householdId, nowMs, today, namesOf });
  return {
    'households.personalData': ({ params: { id } }, context) => file(context, id),
    'me.personalData': async (_, context) => {
      const { reader, village, actor } = context;
      const own = { villageId: village.id, householdId: actor.id, sessionId: actor.sessionId ?? '' };
      await refuseHelper(reader, own);
      return file(context, actor.id);
    },
  };
}
