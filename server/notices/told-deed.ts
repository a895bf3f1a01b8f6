import type { z } from 'zod';
import type { publicDeed } from '../../shared/notices/public-notice.ts';
import { deedDrawing } from '../../shared/rules/deed-drawing.ts';
import type { Deed } from '../proposals/index.ts';

/** The first who did a deed are named, and the others counted. */
const NAMES_AT_MOST = 12;

/** The same deed of one day, as the board tells it of all who did it. */
export function toldDeed(
  rows: readonly [Deed & { readonly day: string }, ...Deed[]],
): z.infer<typeof publicDeed> {
  const [{ day, title, category, points }] = rows;
  return {
    ...{ day, title, category, drawing: deedDrawing(title, category), points },
    households: new Set(rows.map(({ householdId }) => householdId)).size,
    groups: [...new Set(rows.map(({ group }) => group))],
    names: [...new Map(rows.map((row) => [row.householdId, row.name])).values()].slice(0, NAMES_AT_MOST),
  };
}
