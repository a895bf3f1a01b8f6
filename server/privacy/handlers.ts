import type { endpoints } from '../../shared/privacy/endpoints.ts';
import type { NamesThen } from '../acts/index.ts';
import type { HandlersOf, ReadContext } from '../http/index.ts';
import { refuseHelper } from '../me/index.ts';
import { createErasure, unlessAdministrator } from '../proposals/index.ts';
import { exportHousehold, type PersonalFile } from './personal-file.ts';

export interface PrivacyServices {
  /** The names of those who book, as they were then. */
  readonly namesThen: NamesThen;
  /** Returns each module's data about a household. */
  readonly personalFiles: readonly PersonalFile[];
}

/** All that is kept about one household, for the office to hand over and for the household itself. */
export function privacyHandlers({ namesThen, personalFiles }: PrivacyServices): HandlersOf<typeof endpoints> {
  const file = ({ reader, village, nowMs, today }: ReadContext, householdId: string) =>
    exportHousehold(reader, { village, householdId, nowMs, today, namesThen, parts: personalFiles });
  return {
    'households.personalData': ({ params: { id } }, context) => file(context, id),
    'households.proposeErasure': {
      command: ({ params: { id: householdId }, body: { reason } }, context) =>
        unlessAdministrator(context, createErasure.with({ householdId, reason }, context)),
    },
    'me.personalData': async (_, context) => {
      const { reader, village, actor } = context;
      const own = { villageId: village.id, householdId: actor.id, sessionId: actor.sessionId ?? '' };
      await refuseHelper(reader, own);
      return file(context, actor.id);
    },
  };
}
