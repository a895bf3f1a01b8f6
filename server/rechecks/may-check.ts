import { type ProposalState, STATE_FACTS } from '../../shared/proposals/states.ts';
import { areDutiesSplit, mayDo } from '../../shared/permissions.ts';
import type { RecheckState, WhyNotCheck } from '../../shared/rechecks/states.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import type { DrawnAward } from './drawn-awards.ts';
import type { Check } from './told-months.ts';

/** A person of the village who would look at an award. */
export interface Checker {
  readonly village: Pick<VillageContext, 'openedAtMs'>;
  readonly actor: Pick<Actor, 'id' | 'roles' | 'householdIds' | 'countedStaff'>;
}

/** An award that was drawn, and what was found of it so far. */
export interface Standing {
  readonly award: DrawnAward;
  readonly check: Check | undefined;
  /** The state of the reversal that the finding led to. */
  readonly proposal: ProposalState | undefined;
}

export function stateOf({ award, check }: Pick<Standing, 'award' | 'check'>): RecheckState {
  if (check) return check.outcome;
  return award.reversedBy === null ? 'waiting' : 'reversed';
}

/** Whether something is still to be said: nobody looked, it could not be checked, or the reversal was given up. */
function isOpen({ award, check, proposal }: Standing): boolean {
  if (award.reversedBy !== null) return false;
  if (check?.outcome === 'failed') return proposal !== undefined && isGivenUp(proposal);
  return check?.outcome !== 'stood';
}

/** It was sent back or withdrawn: nobody is to decide on it. */
function isGivenUp(state: ProposalState): boolean {
  return !STATE_FACTS[state].isWaiting && !STATE_FACTS[state].isPosted;
}

/**
 * Tells why this person may not look at this award; null if they may. People who proposed or approved it had a part in it, and
 * nobody looks at the own household or a declared relative's.
 */
export function whyNotCheck({ village, actor }: Checker, standing: Standing): WhyNotCheck | null {
  if (!mayDo(actor.roles, 'recheck.check')) return 'role';
  const { roles, countedStaff = 0 } = actor;
  // An administrator makes accounts; once there are people enough, a finding is somebody else's.
  if (roles.includes('admin') && areDutiesSplit(village.openedAtMs, countedStaff)) return 'administrator';
  if (!isOpen(standing)) return 'settled';
  const { proposedBy, approvedBy, householdId } = standing.award;
  if ([proposedBy, approvedBy].includes(actor.id)) return 'own_entry';
  return actor.householdIds.includes(householdId) ? 'own_household' : null;
}
