import type { z } from 'zod';
import { and, eq } from 'drizzle-orm';
import type { Reader, RowOf, Tx } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import type { CountedLine, countedItem } from '../../shared/kiosk/shift-counts.ts';
import { shelfItems } from './fast-movers.ts';

export type CountedItem = z.output<typeof countedItem>;

interface NewCount {
  readonly kioskId: string;
  readonly shiftId: string;
  readonly phase: 'begin' | 'end';
  /** The count of the shift before, which this one agrees with or replaces. */
  readonly answersId: string | null;
  readonly takenAtMs: number;
  readonly withoutNetwork: boolean;
  /** Empty: agreed with `answersId`. */
  readonly items: readonly CountedItem[];
}

interface At {
  readonly villageId: string;
  readonly nowMs: number;
  readonly newId: () => string;
}

/**
 * Keeps what was counted beside what the book says now, and returns the act that tells of it; null where the shift has
 * a count of this phase already. No stock moves. Call under the village's lock, so that the book stands still.
 */
export async function keepCount(tx: Tx, at: At, count: NewCount): Promise<AnyAct | null> {
  const { villageId, nowMs } = at;
  const { items, ...rest } = count;
  if (await countOf(tx, villageId, count.shiftId, count.phase)) return null;
  const lines = await linesOf(tx, villageId, items);
  // Every item that was counted without network may be gone by now.
  if (items.length > 0 && lines.length === 0) return null;
  const row: RowOf<'shiftCounts'> = { villageId, id: at.newId(), ...rest, keptAtMs: nowMs, lines };
  await tx.db.insert(tx.t.shiftCounts).values(row).returning({ id: tx.t.shiftCounts.id });
  return actOfCount(row);
}

/** Refuses items that are not there or keep no stock. */
export async function requireCountable(
  reader: Reader,
  villageId: string,
  items: readonly CountedItem[],
): Promise<void> {
  const ids = items.map(({ goodsId }) => goodsId);
  const found = new Set((await shelfItems(reader, villageId, ids)).map(({ goodsId }) => goodsId));
  const missing = ids.find((id) => !found.has(id));
  if (missing !== undefined) throw new Refusal('goods.not_found', { id: missing });
}

/** The count of a shift's beginning or end. */
export async function countOf(
  reader: Reader,
  villageId: string,
  shiftId: string,
  phase: 'begin' | 'end',
): Promise<RowOf<'shiftCounts'> | undefined> {
  const { shiftCounts } = reader.t;
  const [row] = await reader.db
    .select()
    .from(shiftCounts)
    .where(
      and(
        eq(shiftCounts.villageId, villageId),
        eq(shiftCounts.shiftId, shiftId),
        eq(shiftCounts.phase, phase),
      ),
    );
  return row;
}

async function linesOf(
  reader: Reader,
  villageId: string,
  items: readonly CountedItem[],
): Promise<CountedLine[]> {
  const shelf = await shelfItems(
    reader,
    villageId,
    items.map(({ goodsId }) => goodsId),
  );
  const byId = new Map(shelf.map((item) => [item.goodsId, item]));
  return items.flatMap(({ goodsId, counted, shown, reason, remark }) => {
    const item = byId.get(goodsId);
    if (!item) return [];
    const isDifferent = counted !== null && (counted !== item.booked || counted !== shown);
    const said = isDifferent ? { reason, remark } : { reason: null, remark: '' };
    return [{ ...item, counted, shown, ...said }];
  });
}

/** The act of a count: who counted which item, and what the book said. */
function actOfCount({ id, kioskId, shiftId, phase, answersId, withoutNetwork, lines }: RowOf<'shiftCounts'>) {
  const byDevice = withoutNetwork ? { withoutNetwork } : {};
  return {
    act: phase === 'end' ? 'shifts.counted' : 'shifts.taken_over',
    on: `kiosk:${kioskId}`,
    is: { shift: shiftId, count: id, answers: answersId, ...byDevice },
    things: lines.map(({ goodsId, name, ...told }) => ({
      ...{ thing: `shelf:${goodsId}` as const, name },
      // A difference is shown as one of the pieces; a count that is right leaves nothing to show.
      was: { pieces: told.counted === null ? null : told.booked },
      is: { ...told, pieces: told.counted },
    })),
  } satisfies AnyAct;
}
