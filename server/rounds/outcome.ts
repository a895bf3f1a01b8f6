import type { Reader } from '../../db/index.ts';
import type { Refusal } from '../../shared/errors.ts';
import { bandOf, resultOf, type RoundResult, totalOf } from '../../shared/rounds/result.ts';
import { type Band, fullMark, type LeftOut } from '../../shared/rounds/states.ts';
import { noteWords } from '../../shared/rounds/words.ts';
import { say } from '../../shared/sentence.ts';
import { type DeedToTry, type TryAt, tryDeeds } from '../proposals/index.ts';
import { NONE, type RoundNow } from './told-rounds.ts';

/** A result, and the deed that it is worth. */
export interface Outcome {
  readonly result: RoundResult;
  readonly band: Band | undefined;
  /** Undefined: it is worth nothing. */
  readonly deed: DeedToTry | undefined;
}

/** The refusals that concern one household alone. All others concern the round. */
const OF_HOUSEHOLD: Readonly<Record<string, LeftOut>> = {
  'rule.cap_points': 'cap',
  'rule.cap_times': 'cap',
  'household.closed': 'closed',
  'household.not_found': 'closed',
};

/** The result of each household, by the sheets that were handed in. */
export function resultsOf({ items, judges, sheets, householdIds }: RoundNow): RoundResult[] {
  const full = fullMark(items);
  return householdIds.map((_, place) =>
    resultOf(
      judges.map((judge) => totalOf(sheets.get(judge)?.marks[place] ?? null)),
      full,
    ),
  );
}

/** Each result with the deed that it would be proposed as. */
export function outcomesOf(round: RoundNow): Outcome[] {
  return resultsOf(round).map((result, place) => {
    const band = bandOf(result.mean, round.bands);
    const householdId = round.householdIds[place] ?? '';
    return {
      result,
      band,
      deed: band && { householdId, ...deedUnder(round, band), note: noteOf(round, result) },
    };
  });
}

/** A deed worth this band. An event is asked for by caps that count by it; the round is the event. */
export function deedUnder(
  { ruleId, name, day }: Pick<RoundNow, 'ruleId' | 'name' | 'day'>,
  { points, option }: Band,
) {
  return { ruleId, points, option: option ?? undefined, effectiveOn: day, event: name };
}

/** Notes are written once, in the language of the village. */
function noteOf({ number }: RoundNow, { totals, mean, least, most }: RoundResult): string {
  const judges = totals.filter((total) => total !== null).length;
  return say(noteWords, 'note', { number, judges, mean, least, most }, 'zh');
}

export interface TriedOutcome extends Outcome {
  /** The refusal that its deed would meet; null: it would be taken, or there is none. */
  readonly refusal: Refusal | null;
  readonly leftOut: LeftOut | null;
}

/** Tries the deeds of a round out with the checks of every proposal. */
export async function tryOutcomes(
  reader: Reader,
  at: TryAt,
  outcomes: readonly Outcome[],
): Promise<TriedOutcome[]> {
  const deeds = outcomes.flatMap(({ deed }) => deed ?? []);
  const tried = await tryDeeds(
    reader,
    at,
    deeds.map((deed) => ({ ...deed, judgedBy: [] })),
  );
  const refusals = new Map(deeds.map((deed, index) => [deed, tried[index]?.refusal ?? null]));
  return outcomes.map((one) => {
    const refusal = (one.deed && refusals.get(one.deed)) ?? null;
    return { ...one, refusal, leftOut: refusal && (OF_HOUSEHOLD[refusal.code] ?? 'rule') };
  });
}

/** A result as the act of the closing tells it: the mean, and the points that are proposed. */
export function resultText({ result, band, leftOut }: Omit<TriedOutcome, 'deed' | 'refusal'>): string {
  const points = leftOut === null ? (band?.points ?? 0) : 0;
  return `${result.mean === null ? NONE : String(result.mean)} ${String(points)}`;
}
