import type { At } from '../at.ts';
import { and, eq, inArray } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import { Refusal } from '../../shared/errors.ts';
import { formatHundredths } from '../../shared/points.ts';
import { PROPOSAL_TRANSITIONS } from '../../shared/proposals/states.ts';
import type { Actor } from '../http/index.ts';
import { refuseOverCap } from './caps.ts';
import { findStaff } from '../staff/index.ts';
import { type BatchChoice, chosenIds } from './chosen-proposals.ts';
import { deedOf, type NewAward } from './create.ts';
import { move, readProposals } from './decide.ts';
import { refuseWrongHands } from './may-decide.ts';
import { releasePhotos } from './photos.ts';

export interface Correction extends Omit<NewAward, 'householdIds'> {
  readonly ids?: readonly string[] | undefined;
  readonly batch?: BatchChoice | undefined;
}

interface CorrectWork extends At {
  readonly actor: Actor;
}

/** Corrects deeds that came back and sends them again; the history keeps the changes. */
export async function correct(work: CorrectWork, correction: Correction): Promise<{ ids: string[] }> {
  const { tx, villageId } = work;
  const { from, to } = PROPOSAL_TRANSITIONS.resubmit;
  await tx.lockBook(villageId);
  const { householdIds } = await findStaff(tx, villageId, work.actorId);
  const batches = correction.batch && [correction.batch];
  const ids = await chosenIds({ reader: tx, villageId, actor: { ...work.actor, householdIds } }, 'resubmit', {
    ids: correction.ids,
    batches,
  });
  const rows = await readProposals(work, ids);
  for (const row of rows) {
    refuseWrongHands(work.actor, 'resubmit', row);
    if (row.ruleId === null) throw new Refusal('proposal.not_a_deed');
  }
  const { rule, deed } = await deedOf(work, correction);
  const corrected = rows.map(({ id, householdId }) => ({ id, householdId, ...deed, ...rule }));
  await refuseOverCap(work, corrected);
  const alike = Map.groupBy(rows, (row) => changeOf(row, { ...deed, code: rule.code }));
  for (const [reason, same] of alike) {
    await move(
      work,
      same.map(({ id }) => id),
      { action: 'resubmit', from, to, reason },
    );
  }
  const { proposals } = tx.t;
  for (const chunk of chunked(ids)) {
    await tx.db
      .update(proposals)
      .set(deed)
      .where(and(eq(proposals.villageId, villageId), inArray(proposals.id, chunk)))
      .returning({ id: proposals.id });
  }
  await releasePhotos(
    tx,
    villageId,
    rows.flatMap(({ pictureIds }) => pictureIds ?? []).filter((id) => !deed.pictureIds?.includes(id)),
  );
  return { ids };
}

interface Told {
  readonly code: string;
  readonly points: number;
  readonly effectiveOn: string;
}

/**
 * The change as "A3 +5 → A4 +3", in signs, because it is read in any language. Empty if only words or photos changed.
 */
function changeOf(before: Told, after: Told): string {
  const parts: [string, string][] = [
    [before.code, after.code],
    [signed(before.points), signed(after.points)],
    [before.effectiveOn, after.effectiveOn],
  ];
  return parts.flatMap(([old, now]) => (old === now ? [] : [`${old} → ${now}`])).join(' · ');
}

function signed(points: number): string {
  return points > 0 ? `+${formatHundredths(points)}` : formatHundredths(points);
}
