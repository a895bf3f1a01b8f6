import { and, asc, eq, inArray } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { objectionsThat } from '../../shared/objections/states.ts';
import { mayDo } from '../../shared/permissions.ts';
import type { Actor } from '../http/index.ts';
import { standing } from './list.ts';
import { whyNotAnswer, whyNotJudge } from './may-answer.ts';
import { knownObjections } from './objection-row.ts';

/** More than these are told of on their list, not on the home page. */
const COUNTED_MOST = 200;

export interface ToDo {
  readonly forMe: number;
  readonly atRisk: number;
  readonly overdue: number;
  readonly appeals: number;
}

/** Counts the objections that wait: for this caller, and for anybody before its day is over. */
export async function objectionsToDo(
  reader: Reader,
  { villageId, actor, today }: { readonly villageId: string; readonly actor: Actor; readonly today: string },
): Promise<ToDo> {
  const { objections } = reader.t;
  const rows = await reader.db
    .select()
    .from(objections)
    .where(and(eq(objections.villageId, villageId), inArray(objections.state, objectionsThat('holdsDeed'))))
    .orderBy(asc(objections.id))
    .limit(COUNTED_MOST);
  const standings = rows.map((row) => standing(row, today));
  const isConcerned = mayDo(actor.roles, 'objection.answer') || mayDo(actor.roles, 'objection.judge');
  const known = isConcerned && rows.length > 0 ? await knownObjections(reader, villageId, rows) : [];
  return {
    forMe: known.filter((one) => whyNotAnswer(actor, one) === null).length,
    atRisk: standings.filter((one) => one === 'at_risk').length,
    overdue: standings.filter((one) => one === 'overdue').length,
    appeals: known.filter((one) => whyNotJudge(actor, one) === null).length,
  };
}
