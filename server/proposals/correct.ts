import { Refusal } from '../../shared/errors.ts';
import { formatHundredths } from '../../shared/points.ts';
import { PROPOSAL_TRANSITIONS } from '../../shared/proposals/states.ts';
import type { DecideAt } from '../at.ts';
import { command, together } from '../commands/index.ts';
import { householdById } from '../households/index.ts';
import type { Actor } from '../http/index.ts';
import { bookOf } from '../ledger/index.ts';
import { NO_WORDS } from '../../shared/rules/caps.ts';
import { ruleUsed } from '../rules/index.ts';
import { staffById } from '../staff/index.ts';
import { refuseOverCap, standingUnder } from './caps.ts';
import {
  askForChosen,
  type BatchChoice,
  candidates,
  choosable,
  type Chosen,
  chosenProposals,
} from './chosen-proposals.ts';
import { askForDeed, deedOf, type NewAward } from './create.ts';
import { stepRows } from './decide.ts';
import { refuseWrongHands } from './may-decide.ts';
import { refuseWrongProposer } from './may-propose.ts';
import { askForRelease, photosReleased } from './photos.ts';
import type { KnownProposal } from './proposal-reads.ts';
import { accountsOfPoints, pointsNow } from './seen-version.ts';

export interface Correction extends Omit<NewAward, 'householdIds'> {
  readonly ids?: readonly string[] | undefined;
  readonly batch?: BatchChoice | undefined;
}

interface CorrectAt extends DecideAt {
  readonly actor: Actor;
}

/** Corrects deeds that came back and sends them again; the history keeps the changes. */
export const correct = command<Correction, CorrectAt>()({
  reads: (correction, { actorId, today }) => ({
    staff: staffById.one([actorId]),
    ...askForChosen(chosenBy(correction)),
    ...askForDeed(correction, { today }),
  }),
  then({ rule, ...known }, correction, { today }) {
    const chosen = chosenBy(correction);
    const rows = choosable(known, { householdIds: [] }, 'resubmit', chosen).map(({ row }) => row);
    const { ruleId, effectiveOn = today } = correction;
    const deed = {
      ruleId,
      effectiveOn,
      points: 0,
      code: '',
      title: '',
      caps: [rule?.caps ?? []],
      ...NO_WORDS,
    };
    return {
      book: bookOf(accountsOfPoints(candidates(known, chosen))),
      households: householdById.each(rows.map(({ householdId }) => [householdId])),
      standing: standingUnder(rows.map(({ id, householdId }) => ({ id, householdId, ...deed }))),
      photos: together(askForRelease(rows.flatMap(({ pictureIds }) => pictureIds ?? []))),
    };
  },
  decide({ staff, households, standing, photos, book, ...known }, correction, at) {
    if (!staff) throw new Refusal('staff.not_found');
    const actor = { ...at.actor, householdIds: staff.householdIds };
    const wanted = chosenBy(correction);
    const points = pointsNow(candidates(known, wanted), book.states);
    const chosen = chosenProposals(known, points, actor, 'resubmit', wanted);
    for (const { row } of chosen) {
      refuseWrongHands(at.actor, PROPOSAL_TRANSITIONS.resubmit, row);
      if (row.ruleId === null) throw new Refusal('proposal.not_a_deed');
    }
    const { rule, deed, rows: ofPictures } = deedOf(known, correction, at);
    // Its reminder was about the rule under which it was proposed.
    const isOther = ({ row: { kind, ruleId } }: KnownProposal) =>
      kind !== deed.kind || ruleId !== deed.ruleId;
    if (deed.kind === 'deduction' && chosen.some(isOther))
      throw new Refusal('deduction.other_rule', { code: rule.code });
    const deeds = chosen.map(({ row: { id, householdId } }) => ({ id, householdId, ...deed, ...rule }));
    const householdIds = deeds.map(({ householdId }) => householdId);
    // Under the same rule the proposer was fit before, and a household's report by phone needs no fit one.
    if (chosen.some(({ row: { ruleId } }) => ruleId !== deed.ruleId))
      refuseWrongProposer(staff, rule, { householdIds, nameOf: households });
    refuseOverCap({ standing, nameOf: households, today: at.today }, deeds, 'all');
    const ids = chosen.map(({ row }) => row.id);
    const steps = chosen.flatMap((one) => {
      const reason = changeOf({ code: one.code, ...one.row }, { ...deed, code: rule.code });
      return stepRows(at, one, { step: 'resubmit', reason, change: deed });
    });
    const before = chosen.flatMap(({ row }) => row.pictureIds ?? []);
    const gone = before.filter((id) => !deed.pictureIds?.includes(id));
    const uses = chosen.flatMap(({ row: { villageId, ruleId } }) =>
      ruleId === null || ruleId === deed.ruleId || deed.ruleId === null
        ? []
        : [ruleUsed(villageId, ruleId, -1), ruleUsed(villageId, deed.ruleId, 1)],
    );
    return {
      rows: [...ofPictures, ...steps, ...uses, ...photosReleased(photos, gone, ids)],
      answer: { ids },
    };
  },
});

function chosenBy({ ids, batch }: Correction): Chosen {
  return { ids, batches: batch && [batch] };
}

interface Told {
  readonly code: string;
  readonly points: number;
  readonly option: string | null;
  readonly effectiveOn: string;
}

/**
 * The change as "A3 +5 → A4 +3", in signs, because it is read in any language. Empty if only words or photos changed.
 */
function changeOf(before: Told, after: Told): string {
  const parts: [string, string][] = [
    [before.code, after.code],
    [before.option ?? NO_OPTION, after.option ?? NO_OPTION],
    [signed(before.points), signed(after.points)],
    [before.effectiveOn, after.effectiveOn],
  ];
  return parts.flatMap(([old, now]) => (old === now ? [] : [`${old} → ${now}`])).join(' · ');
}

const NO_OPTION = '–';

function signed(points: number): string {
  return points > 0 ? `+${formatHundredths(points)}` : formatHundredths(points);
}
