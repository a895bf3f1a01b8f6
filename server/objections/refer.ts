import type { Reader } from '../../db/index.ts';
import type { Act } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import { isAct, toldText } from '../acts/index.ts';
import type { WriteContext } from '../http/index.ts';
import { actEntries } from '../ledger/index.ts';
import { refuseReferring } from './may-answer.ts';
import { findObjection } from './objection-row.ts';

/** More acts than an objection ever has: it is received, answered and judged a few times, and printed. */
const ACTS_MOST = 100;

/**
 * Notes that the sheet for the township is printed. Refuses with objection.not_found, objection.state, objection.unnamed, and
 * those who are not told who objected.
 */
export async function referObjection(
  { tx, village, actor }: Pick<WriteContext, 'tx' | 'village' | 'actor'>,
  { id, namesObjector }: { readonly id: string; readonly namesObjector: boolean },
): Promise<Act<'objections.referred'>> {
  await tx.lockBook(village.id);
  const known = await findObjection(tx, village.id, id);
  refuseReferring(actor, known);
  const { householdId, name } = known.row;
  if (namesObjector && householdId === null && name === '') throw new Refusal('objection.unnamed');
  return { act: 'objections.referred', on: `objection:${id}`, is: { namesObjector } };
}

interface Referral {
  readonly actorId: string;
  readonly atMs: number;
  readonly namesObjector: boolean;
}

/** When the sheet for the township was printed, the oldest first. */
export async function referralsOf(reader: Reader, villageId: string, id: string): Promise<Referral[]> {
  const acts = await actEntries(reader, villageId, { sources: [`objection:${id}`], limit: ACTS_MOST });
  return acts
    .filter((act) => isAct(act, 'objections.referred'))
    .map((act) => ({
      ...{ actorId: act.actorId, atMs: act.bookedAtMs },
      namesObjector: toldText(act, 'namesObjector') === 'true',
    }))
    .reverse();
}
