import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { addDays, businessDay } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import {
  APPEAL_DAYS,
  APPEALABLE,
  CORRECTS,
  OBJECTION_FACTS,
  OBJECTION_TRANSITIONS,
  type ObjectionOutcome,
  type ObjectionStep,
} from '../../shared/objections/states.ts';
import type { VillageContext } from '../http/index.ts';
import { objectionCame, objectionEnded } from '../proposals/index.ts';
import type { ObjectionAt } from './objection-at.ts';
import { type KnownObjection, type ObjectionEvent, type ObjectionRow, sealOfEvent } from './objection-row.ts';

export interface Step {
  readonly step: ObjectionStep;
  readonly outcome?: ObjectionOutcome;
  readonly reason: string;
}

const ACTS = {
  answer: 'objections.answered',
  withdraw: 'objections.withdrawn',
  appeal: 'objections.appealed',
  stand: 'objections.upheld',
  send_back: 'objections.sent_back',
  confirm: 'objections.confirmed',
  overrule: 'objections.overruled',
} as const satisfies Record<ObjectionStep, AnyAct['act']>;

/**
 * Takes a step that the caller may take, with what it means for the deed. Answers the acts that tell of it. Call under the
 * village's lock.
 */
export async function takeStep(
  tx: Tx,
  at: ObjectionAt,
  known: KnownObjection,
  { step, outcome, reason }: Step,
): Promise<AnyAct[]> {
  const { row, events } = known;
  const { from, to } = OBJECTION_TRANSITIONS[step];
  const event: ObjectionEvent = {
    ...{ villageId: row.villageId, objectionId: row.id, step: (events.at(-1)?.step ?? 0) + 1 },
    ...{ fromState: from, toState: to, outcome: outcome ?? null, actorId: at.by, reason },
    ...{ salt: at.newSalt(), atMs: at.nowMs },
  };
  const change = { state: to, ...columnsOf(step, at, outcome) };
  await write(tx, row, change, event);
  const told = {
    ...(outcome === undefined ? {} : { outcome }),
    ...(change.dueOn === undefined ? {} : { dueOn: change.dueOn }),
    seal: sealOfEvent(event) ?? '',
  };
  const act = { act: ACTS[step], on: `objection:${row.id}`, is: told } as AnyAct;
  return [act, ...(await stepsOfDeed(tx, at, known, { step, outcome, reason }))];
}

function columnsOf(
  step: ObjectionStep,
  { today, nowMs, village }: ObjectionAt,
  outcome: ObjectionOutcome | undefined,
): Partial<ObjectionRow> {
  if (step === 'send_back')
    return { outcome: null, answeredAtMs: null, dueOn: addDays(today, village.settings.objectionDays) };
  return outcome === undefined ? {} : { outcome, answeredAtMs: nowMs };
}

async function write(
  { db, t: { objections, objectionEvents } }: Tx,
  { villageId, id }: ObjectionRow,
  change: Partial<ObjectionRow>,
  event: ObjectionEvent,
): Promise<void> {
  await db
    .update(objections)
    .set(change)
    .where(and(eq(objections.villageId, villageId), eq(objections.id, id)))
    .returning({ id: objections.id });
  await db.insert(objectionEvents).values(event).returning({ step: objectionEvents.step });
}

/** A deed is held from when an objection opens until the last one has ended. */
async function stepsOfDeed(
  tx: Tx,
  at: ObjectionAt,
  { deed }: KnownObjection,
  { step, outcome, reason }: Step,
): Promise<AnyAct[]> {
  const { from, to } = OBJECTION_TRANSITIONS[step];
  const [held, holds] = [OBJECTION_FACTS[from].holdsDeed, OBJECTION_FACTS[to].holdsDeed];
  if (!deed || held === holds) return [];
  const deciding = { ...at, villageId: at.village.id };
  if (holds) return objectionCame(tx, deciding, deed);
  const isRight = outcome !== undefined && CORRECTS.includes(outcome);
  return objectionEnded(tx, deciding, deed, { isRight, reason });
}

/** The last day on which the objector may appeal; null when there is nothing to appeal against. */
export function appealUntil(
  { state, outcome, answeredAtMs }: ObjectionRow,
  { settings }: Pick<VillageContext, 'settings'>,
): string | null {
  if (state !== OBJECTION_TRANSITIONS.appeal.from || answeredAtMs === null) return null;
  if (outcome === null || !APPEALABLE.includes(outcome)) return null;
  return addDays(businessDay(answeredAtMs, settings.timeZone), APPEAL_DAYS);
}

/** Refuses an appeal that comes too late, or against nothing: objection.state, objection.no_appeal, objection.appeal_late. */
export function refuseAppeal(
  { row }: KnownObjection,
  { village, today }: Pick<ObjectionAt, 'village' | 'today'>,
): void {
  if (row.state !== OBJECTION_TRANSITIONS.appeal.from) throw new Refusal('objection.state');
  const until = appealUntil(row, village);
  if (until === null) throw new Refusal('objection.no_appeal');
  if (today > until) throw new Refusal('objection.appeal_late', { until });
}
