import type { Proposal } from '../../shared/proposals/proposal.ts';
import { areDutiesSplit, mayDo } from '../../shared/permissions.ts';
import {
  type HouseholdChange,
  PROPOSAL_TRANSITIONS,
  type ProposalState,
  type Transition,
} from '../../shared/proposals/states.ts';
import { Refusal } from '../../shared/errors.ts';
import type { DeedAttendance } from '../../shared/workdays/states.ts';
import { type Call, onlyIf } from '../commands/index.ts';
import type { Actor, CommandContext } from '../http/index.ts';
import { touchedBy } from './open-proposals.ts';

/** These facts of a proposal decide who may act on it. */
export interface Judged {
  readonly state: ProposalState;
  readonly proposedBy: string;
  readonly proposedAtMs: number;
  readonly householdId: string;
  readonly change: HouseholdChange | null;
  readonly judgedBy: readonly string[] | null;
  readonly attendance: DeedAttendance | null;
}

/** Tells why this caller may not approve, send back or take off notice; null if they may. */
export function whyNotDecide(actor: Actor, proposal: Judged): Proposal['whyNot'] {
  const { approve, recall } = PROPOSAL_TRANSITIONS;
  if (proposal.state !== approve.from && proposal.state !== recall.from) return 'state';
  if (!mayDo(actor.roles, 'proposal.decide')) return 'role';
  return whyNotThis(actor, proposal);
}

/** A judge of a round had a part in its deeds, like whoever proposed them. */
function whyNotThis(actor: Doer, proposal: Judged) {
  if (proposal.judgedBy?.includes(actor.id) === true) return 'judged';
  return whyNotSecond(actor, handedIn(proposal));
}

/** Something that one person hands in and another decides, and the households that it is about. */
export interface HandedIn extends Pick<Judged, 'proposedBy' | 'proposedAtMs'> {
  readonly householdIds: readonly string[];
  /** Others who had a part in it, and do not decide it either. */
  readonly keptBy?: readonly string[] | undefined;
}

/** Tells why this caller, who may decide at all, may not decide this; null if they may. */
export function whyNotSecond(
  actor: Pick<Actor, 'id' | 'roles' | 'householdIds' | 'confirmedAtMs'>,
  handed: HandedIn,
) {
  const unfit = unfitToDecide(actor, handed);
  if (unfit !== null) return unfit;
  if (handed.proposedBy === actor.id || handed.keptBy?.includes(actor.id) === true) return 'own_entry';
  return handed.householdIds.some((id) => actor.householdIds.includes(id)) ? 'own_household' : null;
}

function handedIn({ proposedBy, proposedAtMs, ...proposal }: Judged): HandedIn {
  const householdIds = touchedBy(proposal);
  return { proposedBy, proposedAtMs, householdIds, keptBy: proposal.attendance?.keptBy };
}

/**
 * An administrator could make an account that decides, so an administrator decides nothing. A new or changed account decides
 * once somebody else has confirmed it, and nothing that was proposed before.
 */
function unfitToDecide(
  { roles, confirmedAtMs = null }: Pick<Actor, 'roles' | 'confirmedAtMs'>,
  { proposedAtMs }: Pick<Judged, 'proposedAtMs'>,
): 'administrator' | 'unconfirmed' | 'before_confirmed' | null {
  if (roles.includes('admin')) return 'administrator';
  if (confirmedAtMs === null) return 'unconfirmed';
  return proposedAtMs < confirmedAtMs ? 'before_confirmed' : null;
}

/** A call that proposes something: refused to an administrator once the books are open and there are others to do it. */
export function unlessAdministrator<Answer>(
  context: Pick<CommandContext, 'actor' | 'village'>,
  call: Call<Answer>,
): Call<Answer> {
  return onlyIf(() => refuseAdministrator(context), call);
}

/** Refuses an administrator who has others to propose. */
export function refuseAdministrator({ actor, village }: Pick<CommandContext, 'actor' | 'village'>): void {
  const { roles, countedStaff = 0 } = actor;
  if (roles.includes('admin') && areDutiesSplit(village.openedAtMs, countedStaff))
    throw new Refusal('proposal.administrator');
}

/** A person who takes a step, or the clock. */
export type Doer = Omit<Actor, 'kind'> & { readonly kind: Actor['kind'] | 'clock' };

/** Takes the steps that come by themselves, and no others. */
export const CLOCK: Doer = { kind: 'clock', id: 'clock', roles: [], householdIds: [] };

/** Refuses a step that this person or clock may not take with this proposal, or not in its state. */
export function refuseWrongHands(
  doer: Doer,
  { from, by }: Pick<Transition, 'from' | 'by'>,
  proposal: Judged,
): void {
  if ((by === 'clock') !== (doer.kind === 'clock')) throw new Refusal('auth.forbidden');
  if (by === 'objection' || by === 'answerer') throw new Refusal('auth.forbidden');
  if (by === 'proposer') {
    if (!mayDo(doer.roles, 'proposal.correct')) throw new Refusal('auth.forbidden');
    if (proposal.proposedBy !== doer.id) throw new Refusal('proposal.not_yours');
  } else if (by === 'decider') {
    if (!mayDo(doer.roles, 'proposal.decide')) throw new Refusal('auth.forbidden');
    const why = whyNotThis(doer, proposal);
    if (why !== null) throw new Refusal(`proposal.${why}`);
  }
  if (proposal.state !== from) throw new Refusal('proposal.state', { state: proposal.state });
}

/** Whether one of the households it touches is this person's own or a declared relative's. */
export function isKin(
  { householdIds }: Pick<Actor, 'householdIds'>,
  proposal: Pick<Judged, 'householdId' | 'change'>,
): boolean {
  return touchedBy(proposal).some((id) => householdIds.includes(id));
}
