import type { ObjectionView } from '../../shared/objections/contract.ts';
import {
  OBJECTION_FACTS,
  OBJECTION_TRANSITIONS,
  type ObjectionStep,
} from '../../shared/objections/states.ts';
import { Refusal } from '../../shared/errors.ts';
import { mayDo } from '../../shared/permissions.ts';
import type { Actor } from '../http/index.ts';
import { whyNotSecond } from '../proposals/index.ts';
import type { KnownObjection } from './objection-row.ts';

type WhyNot = NonNullable<ObjectionView['whyNot']>;

/** Tells why this caller may not answer the objection; null if they may. */
export function whyNotAnswer(actor: Actor, known: KnownObjection): WhyNot | null {
  if (!OBJECTION_FACTS[known.row.state].waitsForAnswer) return 'state';
  if (!mayDo(actor.roles, 'objection.answer')) return 'role';
  return whyUnfit(actor, known) ?? (answeredBy(known).has(actor.id) ? 'answered_before' : null);
}

/** Tells why this caller may not judge the answer; null if they may. */
export function whyNotJudge(actor: Actor, known: KnownObjection): WhyNot | null {
  if (known.row.state !== OBJECTION_TRANSITIONS.stand.from) return 'state';
  if (!mayDo(actor.roles, 'objection.judge')) return 'role';
  return whyUnfit(actor, known);
}

/** Tells why this caller may not take it to the township; null if they may. */
export function whyNotRefer(actor: Actor, known: KnownObjection): WhyNot | null {
  if (known.row.state !== OBJECTION_TRANSITIONS.confirm.from) return 'state';
  if (!mayDo(actor.roles, 'objection.refer')) return 'role';
  return whyUnfit(actor, known);
}

/**
 * Whether this caller is told who objected and in which words: somebody who may answer it and had no part in the deed, or a
 * supervisor. Neither is told whose own household or kin it concerns.
 */
export function mayKnowObjector(actor: Actor, known: KnownObjection): boolean {
  const isEntitled = mayDo(actor.roles, 'objection.answer') || mayDo(actor.roles, 'objection.judge');
  return isEntitled && whyUnfit(actor, known) === null;
}

/**
 * Tells why somebody is not fit to deal with it: an administrator, an account that nobody had confirmed when it came, whoever
 * had a part in the deed, or whose household it concerns.
 */
function whyUnfit(actor: Actor, { row, deed }: KnownObjection): WhyNot | null {
  if (deed?.hadPart.has(actor.id) === true) return 'had_part';
  // A supervisor has no part in anything, whenever the account was confirmed.
  const proposedAtMs = mayDo(actor.roles, 'objection.judge') ? Infinity : row.receivedAtMs;
  const own = row.householdId === null ? [] : [row.householdId];
  const householdIds = [...(deed?.householdIds ?? []), ...own];
  const why = whyNotSecond(actor, { proposedBy: '', proposedAtMs, householdIds });
  if (why === null) return null;
  return why === 'own_household' ? why : 'not_fit';
}

/** Everybody who answered it, in this round or in an earlier one. */
function answeredBy({ events }: KnownObjection): Set<string> {
  const answers = events.filter(({ toState }) => toState === OBJECTION_TRANSITIONS.answer.to);
  return new Set(answers.flatMap(({ actorId }) => actorId ?? []));
}

/** Refuses a step that this caller may not take with it, or not in its state. */
export function refuseUnfit(actor: Actor, known: KnownObjection, step: ObjectionStep): void {
  const { from, by } = OBJECTION_TRANSITIONS[step];
  if (known.row.state !== from) throw new Refusal('objection.state');
  if (by !== 'objector') refuseFor(WHY_NOT_BY[by](actor, known));
}

/** Refuses to print the sheet for the township. */
export function refuseReferring(actor: Actor, known: KnownObjection): void {
  refuseFor(whyNotRefer(actor, known));
}

const WHY_NOT_BY = { answerer: whyNotAnswer, supervisor: whyNotJudge, township: whyNotRefer } as const;

function refuseFor(why: WhyNot | null): void {
  if (why === 'role') throw new Refusal('auth.forbidden');
  if (why !== null) throw new Refusal(`objection.${why}`);
}
