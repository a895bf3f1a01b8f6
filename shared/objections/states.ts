/** States and transitions of an objection, as data. Suggestions and complaints go the same way. */

export const OBJECTION_KINDS = ['objection', 'suggestion', 'complaint'] as const;
export type ObjectionKind = (typeof OBJECTION_KINDS)[number];

/** It came by the household's phone, or on paper or by word of mouth and was keyed in. */
export const OBJECTION_CHANNELS = ['phone', 'paper'] as const;
export type ObjectionChannel = (typeof OBJECTION_CHANNELS)[number];

export const OBJECTION_STATES = [
  'open',
  'answered',
  /** The objector asks a supervisor to look at the answer. */
  'appealed',
  /** A supervisor let the answer stand. */
  'settled',
  'withdrawn',
  /** The township, to which it went up, left the answer as it is. */
  'confirmed',
  /** The township found otherwise. By that no points move: a reversal is proposed. */
  'overruled',
] as const;
export type ObjectionState = (typeof OBJECTION_STATES)[number];

interface ObjectionFacts {
  /** A deed that it is about is not posted. */
  readonly holdsDeed: boolean;
  /** Somebody who may answer has to do so by its day. */
  readonly waitsForAnswer: boolean;
}

export const OBJECTION_FACTS: Readonly<Record<ObjectionState, ObjectionFacts>> = {
  open: { holdsDeed: true, waitsForAnswer: true },
  answered: { holdsDeed: false, waitsForAnswer: false },
  appealed: { holdsDeed: true, waitsForAnswer: false },
  settled: { holdsDeed: false, waitsForAnswer: false },
  withdrawn: { holdsDeed: false, waitsForAnswer: false },
  confirmed: { holdsDeed: false, waitsForAnswer: false },
  overruled: { holdsDeed: false, waitsForAnswer: false },
};

export function objectionsThat(fact: keyof ObjectionFacts): ObjectionState[] {
  return OBJECTION_STATES.filter((state) => OBJECTION_FACTS[state][fact]);
}

/** An answer is one of these. */
export const ANSWERS = ['upheld', 'partly', 'rejected'] as const;
export type ObjectionAnswer = (typeof ANSWERS)[number];
export const OUTCOMES = [...ANSWERS, 'withdrawn'] as const;
export type ObjectionOutcome = (typeof OUTCOMES)[number];

/** An objection that was upheld in full leaves nothing to appeal against. */
export const APPEALABLE: readonly ObjectionOutcome[] = ['partly', 'rejected'];
/** A deed goes back to its proposer with these. */
export const CORRECTS: readonly ObjectionOutcome[] = ['upheld', 'partly'];

export const OBJECTION_STEPS = [
  ...(['answer', 'withdraw', 'appeal', 'stand', 'send_back'] as const),
  ...(['confirm', 'overrule'] as const),
] as const;
export type ObjectionStep = (typeof OBJECTION_STEPS)[number];

interface ObjectionTransition {
  readonly from: ObjectionState;
  readonly to: ObjectionState;
  /**
   * The objector by phone, or somebody who keys in what the objector says; who may answer; a supervisor; somebody who keys in
   * what the township says.
   */
  readonly by: 'objector' | 'answerer' | 'supervisor' | 'township';
}

export const OBJECTION_TRANSITIONS: Readonly<Record<ObjectionStep, ObjectionTransition>> = {
  answer: { from: 'open', to: 'answered', by: 'answerer' },
  withdraw: { from: 'open', to: 'withdrawn', by: 'objector' },
  appeal: { from: 'answered', to: 'appealed', by: 'objector' },
  stand: { from: 'appealed', to: 'settled', by: 'supervisor' },
  /** People who had no part in it answer it anew. */
  send_back: { from: 'appealed', to: 'open', by: 'supervisor' },
  confirm: { from: 'settled', to: 'confirmed', by: 'township' },
  overrule: { from: 'settled', to: 'overruled', by: 'township' },
};

/** The township may say this of an answer that a supervisor let stand. */
export const TOWNSHIP_ANSWERS = ['confirm', 'overrule'] as const satisfies readonly ObjectionStep[];
export type TownshipAnswer = (typeof TOWNSHIP_ANSWERS)[number];

/** How an objection stands against the day on which its answer is due. */
export const STANDINGS = ['on_track', 'at_risk', 'overdue'] as const;
export type ObjectionStanding = (typeof STANDINGS)[number];

/** It is at risk on the day before its last one, and on that day itself. */
export function standingOf(dueOn: string, today: string, tomorrow: string): ObjectionStanding {
  if (today > dueOn) return 'overdue';
  return dueOn <= tomorrow ? 'at_risk' : 'on_track';
}

/** Somebody who is not content asks for a supervisor within so many days of the answer. */
export const APPEAL_DAYS = 5;
/** A household's phone hands in at most so many in a day, and has no more of them open. */
export const OPEN_BY_PHONE_MOST = 5;
export const OBJECTION_CHARACTERS = 500;
