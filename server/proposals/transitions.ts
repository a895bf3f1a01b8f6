import {
  PROPOSAL_STATES,
  PROPOSAL_TRANSITIONS,
  type ProposalState,
  finalStates,
} from '../../shared/proposals/states.ts';

/** The one state a proposal begins in, and the one in which its points have moved. */
export const FIRST_STATE: ProposalState = 'proposed';
export const POSTED_STATE: ProposalState = 'posted';

/** Throws when the table of transitions is not sound: checked once, when the server starts. */
export function checkTransitions(table: typeof PROPOSAL_TRANSITIONS = PROPOSAL_TRANSITIONS): void {
  const transitions = Object.entries(table);
  for (const [action, { from, to }] of transitions) {
    if (!PROPOSAL_STATES.includes(from) || !PROPOSAL_STATES.includes(to))
      throw new Error(`${action}: no such state`);
    if (from === to) throw new Error(`${action} leads nowhere`);
    if (from === POSTED_STATE)
      throw new Error(`${action} leads out of ${POSTED_STATE}: points are never unposted`);
  }
  for (const [action, { to, by }] of transitions) {
    if (to === POSTED_STATE && by !== 'decider') throw new Error(`${action}: nobody posts the own entry`);
  }
  const reached = new Set<ProposalState>([FIRST_STATE]);
  // States that are added while the set is iterated are visited too.
  for (const state of reached) {
    for (const [, { from, to }] of transitions) if (from === state) reached.add(to);
  }
  const lost = PROPOSAL_STATES.find((state) => !reached.has(state));
  if (lost) throw new Error(`nothing leads to ${lost}`);
  if (table === PROPOSAL_TRANSITIONS && !finalStates().includes(POSTED_STATE))
    throw new Error('posted is not final');
}
