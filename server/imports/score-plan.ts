import type { Reader } from '../../db/index.ts';
import type { ImportQuestion } from '../../shared/imports/contract.ts';
import type { PaperProblem, ReadingOptions, ScoresReading } from '../../shared/imports/papers.ts';
import type { ScoreRow } from '../../shared/imports/score-rows.ts';
import { allHouseholds } from '../households/index.ts';
import { type DeedToTry, tryDeeds, type TriedDeed } from '../proposals/index.ts';
import { currentRules } from '../rules/index.ts';
import { householdMatcher } from './household-match.ts';
import { type PlanAt, problemsAgainst } from './plan.ts';
import type { KnownHousehold } from './roster.ts';
import type { Against, MeantDeed } from './score-deed.ts';
import { pointsMeant, type Unsure } from './score-points.ts';
import { dayAsked, questionsAboutScores } from './score-questions.ts';
import { nameRefusal } from './score-refusals.ts';
import { ruleMatcher } from './score-rules.ts';
import { compareSums } from './score-sums.ts';
import { nameStanding, nameTwice } from './score-twice.ts';

/** The deeds that a score sheet would propose to the village as it is, and all that is said of it. */
export interface ScorePlan {
  /** The deeds that would be taken, in the order of the paper. */
  readonly deeds: readonly DeedToTry[];
  /** Their points in all, in hundredths. */
  readonly total: number;
  /** error: the whole paper is refused. */
  readonly problems: readonly PaperProblem[];
  readonly questions: readonly ImportQuestion[];
  /** The rows of the paper with the households, rules and points that they mean. */
  readonly rows: readonly ScoreRow[];
}

/** Compares a score sheet with the village, and tries out its deeds with the checks of every proposal. */
export async function planScores(
  reader: Reader,
  { villageId, today, actorId, pause }: PlanAt & { readonly actorId: string },
  reading: ScoresReading,
  options: ReadingOptions,
): Promise<ScorePlan> {
  const { rows, layout } = reading;
  // It is refused for its size. Nobody looks for what else is wrong.
  if (reading.isCut) return { deeds: [], total: 0, problems: [], questions: [], rows };
  const against = problemsAgainst(reading);
  const households = householdsOf(await allHouseholds(reader, villageId, pause), against);
  const ruleOf = ruleMatcher(await currentRules(reader, villageId, today), against, layout === 'table');
  const day = dayAsked(reading, options, today);
  const unsure: Unsure = { ones: [], units: [] };
  const meant = rows.flatMap((row): MeantDeed[] => {
    const household = households(row);
    const rule = ruleOf(row);
    const points = household && rule ? pointsMeant(row, rule, { options, layout, unsure, against }) : null;
    if (!household || !rule || points === null) return [];
    const { member, event, note } = row;
    const words = { member: member || undefined, event: event || undefined, note };
    const deed = { ruleId: rule.id, householdId: household.id, effectiveOn: row.day ?? day, ...words };
    return [{ row, household, rule, deed: { ...deed, points: points.given } }];
  });
  await pause();
  const at = { villageId, today, actorId };
  const tried = await tryDeeds(
    reader,
    at,
    meant.map(({ deed }) => deed),
  );
  const standing = nameStanding(meant, tried, against);
  const isAllStanding = rows.length > 0 && standing.length === rows.length;
  if (isAllStanding) nameAllStanding(rows, against);
  else nameRefusals(meant, tried, against);
  const twice = nameTwice(meant, against);
  compareSums(reading, meant, tried, against);
  const sound = meant.filter((_, index) => tried[index]?.refusal === null);
  return {
    deeds: sound.map(({ deed }) => deed),
    total: tried.reduce((sum, { refusal, points }) => sum + (refusal === null ? (points ?? 0) : 0), 0),
    problems: against.problems,
    questions: questionsAboutScores({ reading, options, day, unsure, twice, standing, isAllStanding }),
    rows: rowsAsMeant(rows, meant, tried),
  };
}

/** Finds the household of a row, and names it once for all of its cells. */
function householdsOf(known: readonly KnownHousehold[], against: Against) {
  const matched = householdMatcher(known, against);
  const found = new Map<string, KnownHousehold | null>();
  return (row: ScoreRow): KnownHousehold | null => {
    const key = `${row.sheet}!${String(row.sourceRow)}`;
    const before = found.get(key);
    if (before !== undefined) return before;
    const household = matched(row) ?? null;
    const isOpen = household?.state === 'active';
    if (household && !isOpen) {
      const { number, head } = household;
      const { sheet, sourceRow } = row;
      const field = row.number === '' ? 'head' : 'number';
      const at = { sheet, sourceRow, field, value: row.number || row.head } as const;
      against.add('error', 'village_household_closed', at, { number, head });
    }
    found.set(key, isOpen ? household : null);
    return isOpen ? household : null;
  };
}

function nameRefusals(meant: readonly MeantDeed[], tried: readonly TriedDeed[], against: Against): void {
  for (const [index, one] of meant.entries()) {
    const refusal = tried[index]?.refusal;
    if (refusal) nameRefusal(one, refusal, against);
  }
}

/** The same paper a second time. */
function nameAllStanding(rows: readonly ScoreRow[], against: Against): void {
  const sheet = rows[0]?.sheet ?? '';
  const at = { sheet, row: null, cell: null, column: null, value: '' };
  against.addAt('error', 'village_score_all_standing', at, { count: rows.length });
}

function rowsAsMeant(
  rows: readonly ScoreRow[],
  meant: readonly MeantDeed[],
  tried: readonly TriedDeed[],
): ScoreRow[] {
  const found = new Map(meant.map((one, index) => [one.row, { ...one, tried: tried[index] }]));
  return rows.map((row) => {
    const one = found.get(row);
    if (!one) return row;
    const { number, head } = one.household;
    const rule = `${one.rule.code} ${one.rule.title}`;
    return { ...row, number, head, rule, points: one.tried?.points ?? row.points };
  });
}
