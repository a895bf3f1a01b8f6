import { and, desc, eq, inArray, lt, type SQL } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { addDays, businessDay } from '../../shared/business-day.ts';
import type { Objection, ObjectionView } from '../../shared/objections/contract.ts';
import type { ListFilter } from '../../shared/objections/list-filters.ts';
import {
  OBJECTION_FACTS,
  OBJECTION_STATES,
  objectionsThat,
  type ObjectionState,
  standingOf,
} from '../../shared/objections/states.ts';
import { mayDo } from '../../shared/permissions.ts';
import { householdNames } from '../households/index.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import { staffNames } from '../staff/index.ts';
import { mayKnowObjector, whyNotAnswer, whyNotJudge, whyNotRefer } from './may-answer.ts';
import { findObjection, type KnownObjection, knownObjections, type ObjectionRow } from './objection-row.ts';
import { referralsOf } from './refer.ts';
import { appealUntil } from './take-step.ts';

interface SeenBy {
  readonly village: VillageContext;
  readonly actor: Actor;
  readonly today: string;
}

interface ListQuery {
  readonly filter: ListFilter;
  readonly before?: string | undefined;
  readonly limit: number;
}

const OVER: readonly ObjectionState[] = ['answered', 'settled', 'withdrawn', 'confirmed', 'overruled'];

/** Reads a page of objections, newest first, without words and names. */
export async function listObjections(
  reader: Reader,
  by: SeenBy,
  { filter, before, limit }: ListQuery,
): Promise<{ items: Objection[]; next: string | null }> {
  const { objections } = reader.t;
  const rows = await reader.db
    .select()
    .from(objections)
    .where(
      and(
        eq(objections.villageId, by.village.id),
        isIn(objections, filter, by.today),
        before === undefined ? undefined : lt(objections.id, before),
      ),
    )
    .orderBy(desc(objections.id))
    .limit(limit + 1);
  const page = rows.slice(0, limit);
  const known = await knownObjections(reader, by.village.id, page);
  return {
    items: known.map((one) => shownObjection(one, by)),
    next: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}

function isIn(
  { state, dueOn }: Reader['t']['objections'],
  filter: ListFilter,
  today: string,
): SQL | undefined {
  if (filter === 'all') return inArray(state, OBJECTION_STATES);
  if (filter === 'overdue') return and(inArray(state, objectionsThat('waitsForAnswer')), lt(dueOn, today));
  if (filter === 'open') return inArray(state, objectionsThat('waitsForAnswer'));
  return filter === 'appealed' ? eq(state, 'appealed') : inArray(state, [...OVER]);
}

/** Puts an objection into the form of the contract, as everybody at the desk sees it. */
export function shownObjection(
  { row, deed }: KnownObjection,
  { village, today }: Pick<SeenBy, 'village' | 'today'>,
): Objection {
  const { id, number, kind, channel, state, outcome, receivedAtMs, answeredAtMs, dueOn } = row;
  const dayOf = (atMs: number) => businessDay(atMs, village.settings.timeZone);
  const answeredOn = answeredAtMs === null ? null : dayOf(answeredAtMs);
  return {
    ...{ id, number, kind, channel, state, outcome, receivedAtMs, dueOn, answeredOn },
    deed: deed ? deedOf(deed) : null,
    receivedOn: dayOf(receivedAtMs),
    standing: standing(row, today),
    isLate: answeredOn !== null && answeredOn > dueOn,
  };
}

export function standing({ state, dueOn }: Pick<ObjectionRow, 'state' | 'dueOn'>, today: string) {
  return OBJECTION_FACTS[state].waitsForAnswer ? standingOf(dueOn, today, addDays(today, 1)) : null;
}

function deedOf({ row, title }: NonNullable<KnownObjection['deed']>): NonNullable<Objection['deed']> {
  const { id: proposalId, state, effectiveOn: day, points, journalNumber: entry } = row;
  return { proposalId, state, title, day, points, entry };
}

/** Shows one objection with its history, and what this caller may do with it. */
export async function viewObjection(reader: Reader, by: SeenBy, id: string): Promise<ObjectionView> {
  const { village, actor, today } = by;
  const known = await findObjection(reader, village.id, id);
  const { row, events } = known;
  const names = await staffNames(reader, village.id);
  const nameOf = (person: string | null) => (person === null ? null : (names.get(person) ?? ''));
  const isTold = mayKnowObjector(actor, known);
  const whyNot = whyNotAnswer(actor, known);
  const until = appealUntil(row, village);
  return {
    ...shownObjection(known, by),
    words: isTold ? row.words : null,
    objector: isTold ? await objectorOf(reader, row) : null,
    receivedBy: nameOf(row.receivedBy),
    history: events.map(({ fromState, toState, outcome, actorId, reason, atMs }) => ({
      ...{ from: fromState, to: toState, outcome, by: nameOf(actorId), atMs },
      // An appeal is in the objector's words, whoever keyed it in.
      reason: isTold || (toState !== 'appealed' && toState !== 'withdrawn') ? reason : null,
    })),
    village: { name: village.name, town: village.town },
    ...{ mayAnswer: whyNot === null, whyNot },
    mayJudge: whyNotJudge(actor, known) === null,
    mayWithdraw: whyNot === null && row.channel === 'paper',
    mayAppeal: mayDo(actor.roles, 'objection.keep') && until !== null && today <= until,
    appealUntil: until,
    mayRefer: whyNotRefer(actor, known) === null,
    referrals: (await referralsOf(reader, village.id, row.id)).map(({ actorId, atMs, namesObjector }) => ({
      ...{ by: nameOf(actorId) ?? '', atMs, namesObjector },
    })),
  };
}

async function objectorOf(reader: Reader, row: ObjectionRow): Promise<ObjectionView['objector']> {
  const { villageId, householdId, name } = row;
  if (householdId === null) return { name, household: null };
  const found = (await householdNames(reader, villageId, [householdId])).get(householdId);
  const { number = '', head = '', group = '' } = found ?? {};
  return { name, household: { id: householdId, number, head, group } };
}
