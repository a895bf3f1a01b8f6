/** The deeds that the models of awards, notices, objections and deductions share. */
import { PEOPLE, type Person } from './notice-commands.ts';

export interface ModelDeed {
  readonly household: number;
  readonly proposedBy: Person;
  readonly day: string;
  /** The reminder that it follows; null: it is an award. */
  readonly reminder: number | null;
  state: 'proposed' | 'returned' | 'withdrawn' | 'on_notice' | 'contested' | 'posted';
  notice: number | null;
  /** Proposed, approved, sent back or took it off notice. */
  readonly hadPart: Set<Person>;
  /** The moment of the last approval. */
  decidedAt: number;
  openObjections: number;
  /** Empty: it is not posted. */
  postedOn: string;
  /** The points that it gave, or took with a minus. */
  moved: number;
}

export interface ModelNotice {
  /** The day on which it was put up; null while it does not hang. */
  upOn: string | null;
  ended: boolean;
}

/** The time as the models tell it: each act has a moment of its own. */
export interface ModelTime {
  readonly today: string;
  readonly moment: number;
}

export function newDeed(
  household: number,
  proposedBy: Person,
  day: string,
  reminder: number | null,
): ModelDeed {
  return {
    ...{ household, proposedBy, day, reminder, state: 'proposed', notice: null },
    ...{ hadPart: new Set([proposedBy]), decidedAt: 0, openObjections: 0, postedOn: '', moved: 0 },
  };
}

export function isAward({ reminder }: ModelDeed): boolean {
  return reminder === null;
}

export function mayAs(by: Person, role: string): boolean {
  return (PEOPLE[by] as readonly string[]).includes(role);
}

/** The one that is meant: among those that are able to, where there are any. */
export function chosen<One>(
  all: readonly One[],
  isAble: (one: One) => boolean,
  which: number,
): One | undefined {
  const able = all.filter((one) => isAble(one));
  const among = able.length > 0 ? able : all;
  return among[which % Math.max(1, among.length)];
}
