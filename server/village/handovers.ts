import type { Reader } from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import { readHandovers, sideOf, stateOf, wasLate } from '../handovers/index.ts';
import type { Actor, VillageContext } from '../http/index.ts';
import { bookedBetween, entry } from '../ledger/index.ts';
import { staffNames } from '../staff/index.ts';
import { type LookedAct, lookedAct } from './look-acts.ts';
import type { Span } from './recent-entries.ts';

/**
 * Finds the hand-overs that were not signed by both sides in time. Each is told once, in the stretch of the book with the
 * first entry after its last day: so a list that was signed stays the same, whoever signs the pack later.
 */
export async function lateHandovers(
  reader: Reader,
  { id, settings: { timeZone } }: Pick<VillageContext, 'id' | 'settings'>,
  { after, through }: Span,
): Promise<LookedAct[]> {
  const late = (await readHandovers(reader, id)).filter((one) => wasLate(one, timeZone));
  const found: LookedAct[] = [];
  for (const { dueOn, started } of late) {
    const isAfter = (atMs: number) => businessDay(atMs, timeZone) > dueOn;
    const behind = await bookedBetween(reader, id, { hasBegun: isAfter, isOver: () => false });
    // A pack that is made after its last day is late at once.
    const number = behind && Math.max(behind.first, started.number);
    if (number === null || number <= after || number > through) continue;
    const first = await entry(reader, id, number);
    found.push({ ...lookedAct(started, 'handover_late', 1), atMs: first?.bookedAtMs ?? started.bookedAtMs });
  }
  return found;
}

/** The hand-over that waits for a signature, as the home page tells it; null where there is none. */
export async function openHandover(
  reader: Reader,
  villageId: string,
  actor: Pick<Actor, 'id'>,
  today: string,
): Promise<Answer<Operations['village.summary']>['handover']> {
  const open = (await readHandovers(reader, villageId)).find((one) => stateOf(one) === 'open');
  if (!open) return null;
  const names = await staffNames(reader, villageId);
  const { id, from, to, dueOn, signed } = open;
  const side = sideOf(open, actor.id);
  return {
    ...{ id, dueOn, from: names.get(from) ?? '', to: names.get(to) ?? '' },
    ...{ isOverdue: today > dueOn, waitsForMe: side !== null && !signed[side] },
  };
}
