import { and, desc, eq, inArray, lte, ne } from 'drizzle-orm';
import type { z } from 'zod';
import type { Reader, RowOf, Tx } from '../../db/index.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import { Refusal } from '../../shared/errors.ts';
import type { shiftCount } from '../../shared/kiosk/shift-counts.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { kiosksBesides } from './kiosks-besides.ts';
import { fastMovers, shelfItems } from './fast-movers.ts';
import { type CountedItem, countOf, keepCount, requireCountable } from './keep-count.ts';

type ShownCount = z.input<typeof shiftCount>;

interface At {
  readonly villageId: string;
  readonly kioskId: string;
  readonly nowMs: number;
  /** The shift on duty, if there is one. */
  readonly shiftId: string | undefined;
}

const COUNTED_MOST = 20;

/** The goods to count at this kiosk, and what the shift before left. */
export async function shiftCountsFor(
  reader: Reader,
  { today, mayBeBehind, ...at }: At & { readonly today: string; readonly mayBeBehind: boolean },
): Promise<Answer<Operations['kiosk.shiftCounts']>> {
  const { villageId, kioskId, shiftId, nowMs } = at;
  const before = await shiftBefore(reader, at);
  const count = before === undefined ? null : await endCountOf(reader, villageId, before.id);
  const ids = [
    ...(await fastMovers(reader, villageId, today)),
    ...(count?.lines ?? []).flatMap(({ goodsId, counted }) => (counted === null ? [] : [goodsId])),
  ];
  const begun = shiftId === undefined ? undefined : await countOf(reader, villageId, shiftId, 'begin');
  const kiosks = await kiosksBesides(reader, { villageId, nowMs, mayBeBehind });
  return {
    items: await shelfItems(reader, villageId, Array.from(new Set(ids)).slice(0, COUNTED_MOST)),
    left:
      before === undefined
        ? null
        : { volunteer: before.volunteer, endedAtMs: before.endedAtMs ?? before.startedAtMs, count },
    isAnswered: begun !== undefined,
    besides: kiosks.flatMap(({ id, ...one }) => (id === kioskId ? [] : [one])),
  };
}

interface TakingOver extends Omit<At, 'shiftId'> {
  readonly shiftId: string;
  readonly newId: () => string;
}

/** Keeps that the volunteer on duty agrees with what the shift before left, or counted anew. */
export async function takeOver(
  tx: Tx,
  at: TakingOver,
  { countId, counts = [] }: { readonly countId: string | null; readonly counts?: readonly CountedItem[] },
): Promise<AnyAct> {
  const { villageId, kioskId, shiftId, nowMs } = at;
  await tx.lockBook(villageId);
  const before = await shiftBefore(tx, at);
  const left = before === undefined ? null : await endCountOf(tx, villageId, before.id);
  const isAgreed = counts.length === 0;
  if ((left?.id ?? null) !== countId || (isAgreed && left === null)) throw new Refusal('shift_count.changed');
  await requireCountable(tx, villageId, counts);
  const count = { kioskId, shiftId, phase: 'begin', answersId: countId, takenAtMs: nowMs } as const;
  const act = await keepCount(tx, at, { ...count, withoutNetwork: false, items: counts });
  if (act === null) throw new Refusal('shift_count.answered');
  return act;
}

/** The last shift of a kiosk that began before the one on duty; if nobody is on duty, the last one. */
async function shiftBefore(reader: Reader, { villageId, kioskId, shiftId }: Omit<At, 'nowMs'>) {
  const { shifts, volunteers } = reader.t;
  const [own] =
    shiftId === undefined
      ? []
      : await reader.db
          .select({ startedAtMs: shifts.startedAtMs })
          .from(shifts)
          .where(and(eq(shifts.villageId, villageId), eq(shifts.id, shiftId)));
  const [found] = await reader.db
    .select({
      id: shifts.id,
      startedAtMs: shifts.startedAtMs,
      endedAtMs: shifts.endedAtMs,
      volunteer: volunteers.name,
    })
    .from(shifts)
    .innerJoin(
      volunteers,
      and(eq(volunteers.villageId, shifts.villageId), eq(volunteers.id, shifts.volunteerId)),
    )
    .where(
      and(
        eq(shifts.villageId, villageId),
        eq(shifts.kioskId, kioskId),
        shiftId === undefined ? undefined : ne(shifts.id, shiftId),
        own === undefined ? undefined : lte(shifts.startedAtMs, own.startedAtMs),
      ),
    )
    .orderBy(desc(shifts.startedAtMs), desc(shifts.id))
    .limit(1);
  return found;
}

async function endCountOf(reader: Reader, villageId: string, shiftId: string): Promise<ShownCount | null> {
  const row = await countOf(reader, villageId, shiftId, 'end');
  if (row === undefined) return null;
  const [shown] = await shownCounts(reader, villageId, [row]);
  return shown ?? null;
}

/** Counts as they are shown, each with its kiosk and the volunteer of its shift. */
export async function shownCounts(
  reader: Reader,
  villageId: string,
  rows: readonly RowOf<'shiftCounts'>[],
): Promise<ShownCount[]> {
  const { shifts, kiosks, volunteers } = reader.t;
  const ids = Array.from(new Set(rows.map(({ shiftId }) => shiftId)));
  if (ids.length === 0) return [];
  const found = await reader.db
    .select({ id: shifts.id, kiosk: kiosks.name, volunteer: volunteers.name })
    .from(shifts)
    .innerJoin(kiosks, and(eq(kiosks.villageId, shifts.villageId), eq(kiosks.id, shifts.kioskId)))
    .innerJoin(
      volunteers,
      and(eq(volunteers.villageId, shifts.villageId), eq(volunteers.id, shifts.volunteerId)),
    )
    .where(and(eq(shifts.villageId, villageId), inArray(shifts.id, ids)));
  const byId = new Map(found.map(({ id, ...names }) => [id, names]));
  return rows.map(({ id, shiftId, takenAtMs, withoutNetwork, lines }) => ({
    ...{ id, shiftId, kiosk: '', volunteer: '', ...byId.get(shiftId) },
    ...{ takenAtMs, withoutNetwork, lines: lines.map((line) => ({ ...line })) },
  }));
}
