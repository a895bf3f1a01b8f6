import type { endpoints } from '../../shared/privacy/endpoints.ts';
import type { NamesThen } from '../acts/index.ts';
import type { HandlersOf, ReadContext } from '../http/index.ts';
import { householdRow } from '../households/index.ts';
import { refuseHelper } from '../me/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { createErasure, toldSteps, unlessAdministrator } from '../proposals/index.ts';
import { exportHousehold, type PersonalFile } from './personal-file.ts';

export interface PrivacyServices {
  readonly ledger: Ledger;
  /** The names of those who book, as they were then. */
  readonly namesThen: NamesThen;
  /** Returns each module's data about a household. */
  readonly personalFiles: readonly PersonalFile[];
}

/** All that is kept about one household, for the office to hand over and for the household itself. */
export function privacyHandlers({
  ledger,
  namesThen,
  personalFiles,
}: PrivacyServices): HandlersOf<typeof endpoints> {
  const file = ({ reader, village, nowMs, today }: ReadContext, householdId: string) =>
    exportHousehold(reader, { village, householdId, nowMs, today, namesThen, parts: personalFiles });
  const ownOf = ({ village, actor }: ReadContext) => ({
    ...{ villageId: village.id, householdId: actor.id, sessionId: actor.sessionId ?? '' },
  });
  return {
    'households.personalData': {
      isThere: async ({ params: { id } }, { reader, village }) => {
        await householdRow(reader, village.id, id);
        return true;
      },
      run: ({ params: { id } }, context) => file(context, id),
    },
    'households.proposeErasure': {
      command: ({ params: { id: householdId }, body: { reason } }, context) =>
        toldSteps(
          { ...context, ledger },
          unlessAdministrator(context, createErasure.with({ householdId, reason }, context)),
        ),
    },
    'me.personalData': {
      isThere: async (_, context) => {
        await refuseHelper(context.reader, ownOf(context));
        return true;
      },
      run: async (_, context) => {
        await refuseHelper(context.reader, ownOf(context));
        return file(context, context.actor.id);
      },
    },
  };
}
