import type { StrikingKind } from '../../shared/fairness/figures.ts';
import type { GroupSums, Share } from './sum-deeds.ts';

/** With fewer awards shares say nothing. */
export const AWARDS_LEAST = 10;
/** One person proposed more than this share of all points. */
const PROPOSED_PERCENT = 50;
/** One person approved more than this. */
const APPROVED_PERCENT = 80;
/** A household of a group got less than this share of a household of the others. */
const GROUP_PERCENT = 50;
/** A group of fewer households, or compared with fewer, says nothing. */
const HOUSEHOLDS_LEAST = 3;

interface Striking {
  readonly kind: StrikingKind;
  /** The person; null for a group. */
  readonly id: string | null;
  /** The group; empty for a person. */
  readonly name: string;
  readonly percent: number;
}

interface Told {
  readonly awards: number;
  readonly proposers: readonly Share[];
  readonly approvers: readonly Share[];
  readonly groups: readonly GroupSums[];
  /** How many people may propose, and approve. The share of somebody who does it alone says nothing. */
  readonly mayPropose: number;
  readonly mayApprove: number;
}

/** Finds what is worth a question: shares of one person, and groups that get far less than the others. */
export function strikingOf({
  awards,
  proposers,
  approvers,
  groups,
  mayPropose,
  mayApprove,
}: Told): Striking[] {
  if (awards < AWARDS_LEAST) return [];
  return [
    ...(mayPropose < 2 ? [] : above('proposer', proposers, PROPOSED_PERCENT)),
    ...(mayApprove < 2 ? [] : above('approver', approvers, APPROVED_PERCENT)),
    ...groups.flatMap((group) => farBehind(group, groups)),
  ];
}

function above(kind: StrikingKind, shares: readonly Share[], most: number): Striking[] {
  return shares.flatMap(({ id, percent }) =>
    id !== null && percent > most ? [{ kind, id, name: '', percent }] : [],
  );
}

function farBehind(group: GroupSums, all: readonly GroupSums[]): Striking[] {
  const others = all.filter(({ name }) => name !== group.name && name !== '');
  const [own, theirs] = [netOf([group]), netOf(others)];
  if (group.name === '' || own.households < HOUSEHOLDS_LEAST || theirs.households < HOUSEHOLDS_LEAST)
    return [];
  const each = theirs.points / theirs.households;
  if (each <= 0) return [];
  const percent = Math.max(0, Math.floor(((own.points / own.households) * 100) / each));
  return percent < GROUP_PERCENT ? [{ kind: 'group', id: null, name: group.name, percent }] : [];
}

function netOf(groups: readonly GroupSums[]): { readonly points: number; readonly households: number } {
  return groups.reduce(
    (sum, { given, takenBack, households }) => ({
      points: sum.points + given - takenBack,
      households: sum.households + households,
    }),
    { points: 0, households: 0 },
  );
}
