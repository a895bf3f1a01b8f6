import type { Reader } from '../../db/index.ts';
import type { Operations } from '../../shared/contract.ts';
import type { Answer } from '../../shared/operation.ts';
import { mayDo } from '../../shared/permissions.ts';
import type { RoundJudge } from '../../shared/rounds/contract.ts';
import { fullMark } from '../../shared/rounds/states.ts';
import { householdNames } from '../households/index.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import { listStaff } from '../staff/index.ts';
import { findRound } from './find-round.ts';
import { whyNotHandIn } from './hand-in.ts';
import { outcomesOf, tryOutcomes } from './outcome.ts';
import { missingSheets, NONE, readRounds, type RoundNow, stateOf } from './told-rounds.ts';

interface Viewer {
  readonly village: VillageContext;
  readonly actor: Actor;
  readonly today: string;
}

type View = Answer<Operations['rounds.get']>;

/** Reads a page of rounds, newest first. */
export async function listRounds(
  reader: Reader,
  { village, actor }: Viewer,
  { before, limit }: { readonly before?: number | undefined; readonly limit: number },
): Promise<Answer<Operations['rounds.list']>> {
  const rounds = await readRounds(reader, village.id, { before, limit: limit + 1 });
  const page = rounds.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map((round) => ({
      ...summaryOf(round),
      ...{ households: round.householdIds.length, sheets: round.sheets.size },
      waitsForMe: stateOf(round) === 'open' && missingSheets(round).includes(actor.id),
      awards: round.closed?.awards ?? null,
    })),
    next: rounds.length > limit && last ? String(last.opened.entry) : null,
  };
}

function summaryOf(round: RoundNow) {
  const { id, number, name, day } = round;
  return { id, number, name, day, state: stateOf(round) };
}

/** Reads a round as this person sees it. */
export async function viewRound(reader: Reader, viewer: Viewer, id: string): Promise<View> {
  const { village, actor } = viewer;
  const round = await findRound(reader, village.id, id);
  const { ruleId, ruleName, items, bands, householdIds, opened, closed, withdrawn } = round;
  const staff = new Map((await listStaff(reader, village.id)).map((one) => [one.id, one]));
  const nameOf = (person: string) => staff.get(person)?.displayName ?? '';
  const names = await householdNames(reader, village.id, householdIds);
  const isOpen = stateOf(round) === 'open';
  const isWhole = missingSheets(round).length === 0;
  const mayOpen = mayDo(actor.roles, 'round.open');
  return {
    ...summaryOf(round),
    rule: { id: ruleId, name: ruleName },
    ...{ items: [...items], bands: [...bands], full: fullMark(items) },
    households: householdIds.map((one) => {
      const { number = '', head = '', group = '' } = names.get(one) ?? {};
      return { id: one, number, head, group };
    }),
    judges: round.judges.map((judge) => judgeOf({ round, judge, actor, staff, isOpen, isWhole })),
    results: isWhole ? await resultsShown(reader, viewer, round) : null,
    ...{ openedBy: nameOf(opened.by), openedAtMs: opened.atMs },
    closed: closed && {
      ...{ by: nameOf(closed.by), atMs: closed.atMs, batchId: closed.batchId, awards: closed.awards },
      ...{ total: closed.total, leftOut: closed.leftOut, journalNumber: closed.entry },
    },
    withdrawn: withdrawn && { by: nameOf(withdrawn.by), atMs: withdrawn.atMs, reason: withdrawn.reason },
    ...{ mayClose: isOpen && isWhole && mayOpen, mayWithdraw: isOpen && mayOpen },
  };
}

interface JudgeSeen {
  readonly round: RoundNow;
  readonly judge: string;
  readonly actor: Actor;
  readonly staff: ReadonlyMap<
    string,
    { readonly displayName: string; readonly householdIds: readonly string[] }
  >;
  readonly isOpen: boolean;
  readonly isWhole: boolean;
}

function judgeOf({ round, judge, actor, staff, isOpen, isWhole }: JudgeSeen): RoundJudge {
  const { displayName: name = '', householdIds: kin = [] } = staff.get(judge) ?? {};
  const sheet = round.sheets.get(judge);
  const isMe = actor.id === judge;
  const mayHandIn = isOpen && mayDo(actor.roles, 'round.mark');
  return {
    ...{ id: judge, name, isMe, version: sheet?.version ?? 0, handedInAtMs: sheet?.atMs ?? null },
    keyedBy: sheet && sheet.by !== judge ? (staff.get(sheet.by)?.displayName ?? '') : null,
    kin: round.householdIds.flatMap((id, place) => (kin.includes(id) ? [place] : [])),
    // Before all have handed in nobody is told what others marked.
    marks:
      sheet && (isWhole || isMe || sheet.by === actor.id)
        ? sheet.marks.map((marks) => (marks === null ? null : [...marks]))
        : null,
    mayHandIn: mayHandIn && whyNotHandIn(actor.id, { round, judgeId: judge, sheet }) === null,
  };
}

/** The results: of an open round with what would become of each now, of a closed one as it was closed. */
async function resultsShown(reader: Reader, { village, today, actor }: Viewer, round: RoundNow) {
  const outcomes = outcomesOf(round);
  const tried =
    stateOf(round) === 'open'
      ? await tryOutcomes(reader, { villageId: village.id, today, actorId: actor.id }, outcomes)
      : outcomes.map((one) => ({ ...one, leftOut: null }));
  return tried.map(({ result, band, leftOut }, place) => {
    const points = round.closed ? proposedIn(round.closed.results[place]) : (band?.points ?? null);
    return { ...result, totals: [...result.totals], points, leftOut };
  });
}

/** The points that were proposed for a household when the round was closed. */
function proposedIn(text = `${NONE} 0`): number | null {
  const points = Number(text.split(' ')[1]);
  return points > 0 ? points : null;
}
