import { DAY_MS } from '../business-day.ts';

/** States and transitions of a change that a second person decides. */
export const CHANGE_STATES = ['waiting', 'agreed', 'refused', 'withdrawn'] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

export interface ChangeTransition {
  readonly from: ChangeState;
  readonly to: ChangeState;
  readonly by: 'proposer' | 'decider';
}

export const CHANGE_TRANSITIONS = {
  agree: { from: 'waiting', to: 'agreed', by: 'decider' },
  refuse: { from: 'waiting', to: 'refused', by: 'decider' },
  withdraw: { from: 'waiting', to: 'withdrawn', by: 'proposer' },
} as const satisfies Readonly<Record<string, ChangeTransition>>;
export type ChangeAction = keyof typeof CHANGE_TRANSITIONS;

/** The one state in which somebody has something to do. */
export const WAITING: ChangeState = 'waiting';

/** All states in which nobody has anything to do, in one word. */
export const OVER = 'over';

/** A permit is good for so long after it was agreed to. */
export const PERMIT_MS = DAY_MS;
