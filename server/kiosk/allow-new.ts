import { and, eq, max, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { cardOf } from '../cards/index.ts';
import { askNow, read } from '../commands/index.ts';
import { householdById } from '../households/index.ts';
import type { WriteContext } from '../http/index.ts';
import { needSecond } from '../need-second.ts';
import { allNew, type NewSince } from './new-card-or-pin.ts';

/** When two people of the desk last agreed that a household's new card or PIN may be used at once; null: never. */
export const allowedNewAt = read<readonly [householdId: string], number | null>()({
  name: 'kiosk.allowedNewAt',
  over: { changes: 'stale' },
  rows: ({ db, t: { changes }, keys }) =>
    db
      .select({ at: keys.at, allowedAtMs: max(changes.decidedAtMs).as('allowed_at_ms') })
      .from(keys.table)
      .crossJoin(changes)
      .where(
        and(
          eq(changes.villageId, keys.villageId),
          eq(changes.householdId, keys.part(0)),
          eq(changes.operation, 'kiosks.allowNew'),
          eq(changes.state, 'agreed'),
        ),
      )
      .groupBy(sql`${keys.at}`),
  answer: ([found]) => found?.allowedAtMs ?? null,
});

/** Reads the card and PIN of a household that are new, the latest first. The agreement is read only where something is. */
export async function newThingsOf(
  reader: Reader,
  villageId: string,
  { id, pinSetAtMs }: { readonly id: string; readonly pinSetAtMs: number | null },
  at: { readonly openedAtMs: number | null; readonly nowMs: number },
): Promise<NewSince[]> {
  const given = { card: await askNow(reader, villageId, cardOf.one([id])), pinSetAtMs, allowedAtMs: null };
  const found = allNew(given, at);
  if (found.length === 0) return found;
  return allNew({ ...given, allowedAtMs: await askNow(reader, villageId, allowedNewAt.one([id])) }, at);
}

/**
 * The desk saw the household itself: its new card or PIN is used without a second volunteer. Always takes a second person, who
 * did not ask for it. Refuses with household.not_found, kiosk.nothing_new.
 */
export async function allowNew(context: WriteContext, id: string): Promise<void> {
  const { tx, villageId, village, nowMs, act } = context;
  // Nothing is new before the books are open, and nobody need agree.
  if (village.openedAtMs === null) return;
  const household = await askNow(tx, villageId, householdById.one([id]));
  if (!household) throw new Refusal('household.not_found');
  const found = await newThingsOf(tx, villageId, household, { openedAtMs: village.openedAtMs, nowMs });
  if (found.length === 0) throw new Refusal('kiosk.nothing_new');
  const on = `household:${id}` as const;
  const sinceOf = (thing: 'card' | 'pin') => found.find(({ what }) => what === thing)?.sinceMs;
  const [cardSince, pinSince] = [sinceOf('card'), sinceOf('pin')];
  const is = {
    ...(cardSince === undefined ? {} : { cardSince }),
    ...(pinSince === undefined ? {} : { pinSince }),
  };
  needSecond(context, { on, is });
  act({ act: 'kiosks.new_allowed', on, is });
}
