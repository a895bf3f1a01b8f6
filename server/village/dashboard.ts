import { asc, eq } from 'drizzle-orm';
import type { Reader } from '../../db/store.ts';
import { firstOfMonth } from '../../shared/business-day.ts';
import type { Answer } from '../../shared/operation.ts';
import type { Operations } from '../../shared/contract.ts';
import type { VillageContext } from '../http/index.ts';
import { countsOn } from '../rules/index.ts';
import { closings } from './closings.ts';
import { exchanged, type Flow, flows } from './flows.ts';
import { shelf } from './stock-outlook.ts';
import { coverRatio } from './summary.ts';

type Dashboard = Answer<Operations['village.dashboard']>;

/** Figures of the village over this many months, the current one included. */
export async function dashboard(
  reader: Reader,
  village: Pick<VillageContext, 'id' | 'settings'>,
  today: string,
  count: number,
): Promise<Dashboard> {
  const months = lastMonths(today, count);
  const period = { from: firstOfMonth(months[0] ?? today), to: today };
  const moved = await flows(reader, village.id, months);
  const ends = await closings(reader, village.id, months);
  return {
    asOf: today,
    pointValueFen: village.settings.pointValueFen,
    months: ends.map(({ month, pointsOwed, stockCostFen }) => ({
      month,
      given: 0 - total(moved, (flow) => flow.month === month && flow.side === 'issued'),
      deducted: total(moved, (flow) => flow.month === month && flow.side === 'deducted'),
      redeemed: total(moved, (flow) => flow.month === month && flow.side === 'redeemed'),
      owed: pointsOwed,
      stockCostFen,
      coverRatioPercent: coverRatio(pointsOwed, stockCostFen, village.settings),
    })),
    heads: headsOf(moved, months, await rememberedHeads(reader, village.id, today)),
    exchanged: await exchanged(reader, village.id, period),
    shelf: await shelf(reader, village.id, today),
  };
}

/** Oldest first; the last is the month of this day. */
export function lastMonths(today: string, count: number): string[] {
  const [year = 0, month = 0] = today.split('-').map(Number);
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(year, month - count + index, 1)).toISOString().slice(0, 7),
  );
}

function total(moved: readonly Flow[], counts: (flow: Flow) => boolean): number {
  return moved.reduce((sum, flow) => (counts(flow) ? sum + flow.amount : sum), 0);
}

/**
 * Sums by head. Redeemed points have no head. Heads come in the order of the rule book, then heads that the book no
 * longer names.
 */
function headsOf(
  moved: readonly Flow[],
  months: readonly string[],
  inOrder: readonly string[],
): Dashboard['heads'] {
  const underHeads = moved.filter(({ side }) => side !== 'redeemed');
  const named = new Set(underHeads.map(({ head }) => head ?? ''));
  const known = inOrder.filter((name) => named.has(name));
  const others = [...named].filter((name) => !inOrder.includes(name)).sort();
  return [...known, ...others].map((name) => {
    const own = underHeads.filter(({ head }) => (head ?? '') === name);
    const givenIn = (month: string) =>
      0 - total(own, (flow) => flow.side === 'issued' && flow.month === month);
    return {
      name,
      given: 0 - total(own, ({ side }) => side === 'issued'),
      deducted: total(own, ({ side }) => side === 'deducted'),
      byMonth: months.map(givenIn),
    };
  });
}

/** Heads as the rule book of a day has them, in its order. */
export async function rememberedHeads(
  { db, t: { rules, ruleVersions } }: Reader,
  villageId: string,
  day: string,
): Promise<string[]> {
  const rows = await db
    .select({ head: ruleVersions.category })
    .from(rules)
    .innerJoin(ruleVersions, countsOn({ db, t: { rules, ruleVersions } }, day))
    .where(eq(rules.villageId, villageId))
    .orderBy(asc(rules.position), asc(rules.id));
  return [...new Set(rows.map(({ head }) => head))];
}
