import type { Reader } from '../../db/index.ts';
import { mayDo } from '../../shared/permissions.ts';
import { listStaff } from '../staff/index.ts';

/** Somebody who may judge, with the households of the own family. */
export interface Judge {
  readonly id: string;
  readonly name: string;
  readonly householdIds: readonly string[];
}

/**
 * The people who may judge: those in office who may mark. Nobody who takes the whole book out is among them, because marks stand
 * there before all have handed in.
 */
export async function possibleJudges(reader: Reader, villageId: string): Promise<Judge[]> {
  const staff = await listStaff(reader, villageId);
  return staff.flatMap(({ id, displayName: name, roles, householdIds, disabledAtMs }) =>
    disabledAtMs === null && mayDo(roles, 'round.mark') && !mayDo(roles, 'ledger.export')
      ? [{ id, name, householdIds }]
      : [],
  );
}
