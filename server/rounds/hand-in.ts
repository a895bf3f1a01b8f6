import type { Reader } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Marks } from '../../shared/rounds/states.ts';
import { householdNames } from '../households/index.ts';
import type { WriteContext } from '../http/index.ts';
import { findStaff } from '../staff/index.ts';
import { findOpenRound } from './find-round.ts';
import { marksText, type RoundNow, type Sheet, THING } from './told-rounds.ts';

interface Handed {
  readonly id: string;
  readonly judgeId: string;
  readonly marks: readonly Marks[];
  readonly versionSeen: number;
}

/**
 * Takes in the marks of a judge, or corrects them. Answers how often they were handed in now, and the act that tells of it. Refuses
 * with round.not_found, round.state, staff.not_found, round.not_judge, round.judge_keys, round.own_sheet, round.changed, round.marks,
 * round.own_household.
 */
export async function handIn(
  { tx, village, actor }: Pick<WriteContext, 'tx' | 'village' | 'actor'>,
  { id, judgeId, marks, versionSeen }: Handed,
): Promise<{ version: number; act: AnyAct }> {
  await tx.lockBook(village.id);
  const round = await findOpenRound(tx, village.id, id);
  const { householdIds: kin } = await findStaff(tx, village.id, judgeId);
  if (!round.judges.includes(judgeId)) throw new Refusal('round.not_judge');
  const sheet = round.sheets.get(judgeId);
  const why = whyNotHandIn(actor.id, { round, judgeId, sheet });
  if (why !== null) throw new Refusal(`round.${why}`);
  const before = sheet?.version ?? 0;
  // The second of two at once comes from somebody who has not seen the first.
  if (before !== versionSeen) throw new Refusal('round.changed');
  await refuseWrong(tx, village.id, { round, kin, marks });
  const version = before + 1;
  const is = { judge: judgeId, version, marks: marks.map(marksText) };
  const act = version === 1 ? 'rounds.handed_in' : 'rounds.corrected';
  return { version, act: { act, on: `${THING}:${id}`, is } };
}

/** Tells why this person may not hand in the sheet of this judge; null if they may. */
export function whyNotHandIn(
  actorId: string,
  {
    round,
    judgeId,
    sheet,
  }: { readonly round: RoundNow; readonly judgeId: string; readonly sheet: Sheet | undefined },
): 'judge_keys' | 'own_sheet' | null {
  if (actorId === judgeId) return null;
  if (round.judges.includes(actorId)) return 'judge_keys';
  return sheet?.by === judgeId ? 'own_sheet' : null;
}

/** Each household has a mark for each item, or none at all; those of the judge's own family have none. */
async function refuseWrong(
  reader: Reader,
  villageId: string,
  {
    round,
    kin,
    marks,
  }: Pick<Handed, 'marks'> & { readonly round: RoundNow; readonly kin: readonly string[] },
): Promise<void> {
  const { items, householdIds } = round;
  const names = await householdNames(reader, villageId, householdIds);
  if (marks.length !== householdIds.length) throw new Refusal('round.marks');
  for (const [place, id] of householdIds.entries()) {
    const own = marks[place] ?? null;
    const number = names.get(id)?.number ?? '';
    if (own === null) continue;
    if (kin.includes(id)) throw new Refusal('round.own_household', { number });
    if (own.length !== items.length) throw new Refusal('round.marks', { number });
    const wrong = items.find(({ most }, index) => (own[index] ?? 0) > most);
    if (wrong) throw new Refusal('round.marks', { number, item: wrong.name, most: wrong.most });
  }
}
