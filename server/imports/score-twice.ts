import { countsTogether, wordsAskedBy } from '../../shared/rules/caps.ts';
import type { TriedDeed } from '../proposals/index.ts';
import { type Against, type MeantDeed, placeOf } from './score-deed.ts';

/** Names the deeds that stand on the paper before: the same household, rule and day, with no word to tell them apart. */
export function nameTwice(meant: readonly MeantDeed[], { addAt }: Against): MeantDeed[] {
  const before = new Map<string, MeantDeed[]>();
  return meant.filter((one) => {
    const { householdId, ruleId, effectiveOn } = one.deed;
    const key = `${householdId} ${ruleId} ${effectiveOn ?? ''}`;
    const others = before.get(key) ?? [];
    before.set(key, [...others, one]);
    const first = others.find((other) => !areToldApart(one, other));
    if (first) addAt('warning', 'village_score_twice', placeOf(one.row), { first: first.row.cell });
    return first !== undefined;
  });
}

function areToldApart(one: MeantDeed, other: MeantDeed): boolean {
  return wordsAskedBy(one.rule.caps).some(
    (word) => one.row[word] !== '' && other.row[word] !== '' && !countsTogether(word, one.row, other.row),
  );
}

/** Names the deeds that somebody proposed for their day already. */
export function nameStanding(
  meant: readonly MeantDeed[],
  tried: readonly TriedDeed[],
  { addAt }: Against,
): MeantDeed[] {
  return meant.filter(({ row, rule: { code }, household: { number, head }, deed }, index) => {
    const [first] = tried[index]?.standing ?? [];
    if (!first) return false;
    const params = { number, head, code, day: deed.effectiveOn ?? '', entry: first.journalNumber ?? '' };
    addAt('warning', 'village_score_standing', placeOf(row), params);
    return true;
  });
}
