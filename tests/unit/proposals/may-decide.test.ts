import { describe, expect, it } from 'vitest';
import { CLOCK, type Doer, refuseWrongHands } from '../../../server/proposals/may-decide.ts';
import type { Transition } from '../../../shared/proposals/states.ts';
import { refusalCode } from '../../support/refusal-code.ts';

const approver: Doer = {
  kind: 'staff',
  id: 'a',
  roles: ['approver'],
  householdIds: ['h2'],
  confirmedAtMs: 0,
};
const proposer: Doer = { kind: 'staff', id: 'p', roles: ['committee'], householdIds: [] };
const deed = {
  state: 'proposed',
  proposedBy: 'p',
  proposedAtMs: 1,
  householdId: 'h1',
  change: null,
  judgedBy: null,
  attendance: null,
} as const;
const step = (by: Transition['by']) => ({ from: 'proposed', by }) as const;

describe('a step of a proposal is refused', () => {
  it.each([
    ['the clock takes what nobody else may', CLOCK, 'clock', deed, 'decided'],
    ['people may not take the clock’s', approver, 'clock', deed, 'auth.forbidden'],
    ['nor may its proposer', proposer, 'clock', deed, 'auth.forbidden'],
    ['the clock decides nothing', CLOCK, 'decider', deed, 'auth.forbidden'],
    ['the clock withdraws nothing', CLOCK, 'proposer', deed, 'auth.forbidden'],
    ['the clock waits for its state', CLOCK, 'clock', { ...deed, state: 'returned' }, 'proposal.state'],
    ['an approver decides', approver, 'decider', deed, 'decided'],
    ['without the role', proposer, 'decider', { ...deed, proposedBy: 'x' }, 'auth.forbidden'],
    ['on the own entry', approver, 'decider', { ...deed, proposedBy: 'a' }, 'proposal.own_entry'],
    ['on what they judged', approver, 'decider', { ...deed, judgedBy: ['x', 'a'] }, 'proposal.judged'],
    [
      'on an event whose list one kept',
      approver,
      'decider',
      { ...deed, attendance: { attendanceId: 'x', isLate: false, keptBy: ['a'] } },
      'proposal.own_entry',
    ],
    ['on the own household', approver, 'decider', { ...deed, householdId: 'h2' }, 'proposal.own_household'],
    ['in another state', approver, 'decider', { ...deed, state: 'posted' }, 'proposal.state'],
    ['of somebody else’s proposal', proposer, 'proposer', { ...deed, proposedBy: 'x' }, 'proposal.not_yours'],
  ] as const)('%s', (_, doer, by, proposal, code) => {
    expect(refusalCode(() => refuseWrongHands(doer, step(by), proposal))).toBe(code);
  });
});
