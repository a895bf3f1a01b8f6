import {
  STATE_FACTS,
  PROPOSAL_STATES,
  PROPOSAL_TRANSITIONS,
  type ProposalState,
} from '../../shared/proposals/states.ts';

/** The one state a proposal begins in. */
export const FIRST_STATE: ProposalState = 'proposed';

/** Throws when the table of transitions is not sound: checked once, when the server starts. */
export function checkTransitions(table: typeof PROPOSAL_TRANSITIONS = PROPOSAL_TRANSITIONS): void {
  checkSteps(table);
  const transitions = Object.entries(table);
  for (const [action, { from, to, by }] of transitions) {
    if (STATE_FACTS[to].isPosted && by === 'proposer')
      throw new Error(`${action}: nobody posts the own entry`);
    if (to === 'on_notice' && from !== 'contested' && by !== 'decider')
      throw new Error(`${action}: whatever is on notice was approved before`);
    if (to === 'contested' && from !== 'on_notice')
      throw new Error(`${action}: an objection holds what is on notice alone`);
    if (by === 'clock' && from !== 'on_notice')
      throw new Error(`${action}: the clock takes nothing that was not on notice`);
  }
  const reached = new Set<ProposalState>([FIRST_STATE]);
  // States that are added while the set is iterated are visited too.
  for (const state of reached) {
    for (const [, { from, to }] of transitions) if (from === state) reached.add(to);
  }
  const lost = PROPOSAL_STATES.find((state) => !reached.has(state));
  if (lost) throw new Error(`nothing leads to ${lost}`);
  if (!STATE_FACTS[FIRST_STATE].isWaiting) throw new Error(`${FIRST_STATE} does not wait for anybody`);
}

function checkSteps(table: typeof PROPOSAL_TRANSITIONS): void {
  for (const [action, { from, to }] of Object.entries(table)) {
    if (!PROPOSAL_STATES.includes(from) || !PROPOSAL_STATES.includes(to))
      throw new Error(`${action}: no such state`);
    if (from === to) throw new Error(`${action} leads nowhere`);
    if (STATE_FACTS[from].isPosted)
      throw new Error(`${action} leads out of ${from}: points are never unposted`);
  }
}
