import type { ToldChange } from '../../shared/changes/told-change.ts';
import type { DecideAt, GuardedAt } from '../at.ts';
import type { Reader } from '../../db/index.ts';
import { type Ask, askNow, together } from '../commands/index.ts';
import { needSecond } from '../need-second.ts';
import { goodsById } from './goods.ts';
import type { GoodsRow } from './goods-row.ts';
import { asOnDay } from './price.ts';
import { costsBefore, type TakenIn, takenInOn } from './taken-in.ts';

/** Pieces of an item that come onto the shelf, with the cost that is written down for them. */
export type Taken = Pick<TakenIn, 'pieces' | 'totalCostFen'> & { readonly item: GoodsRow };

/** The usual costs of items before they were lowered today, in fen. */
type Costs = ReadonlyMap<string, number>;

/** Everything that one person alone took in today. */
export interface TakenInToday {
  readonly costs: Costs;
  readonly pieces: readonly (Omit<TakenIn, 'goodsId'> & Pick<Taken, 'item'>)[];
}

type WorthAt = Pick<DecideAt, 'today'> & GuardedAt;

/** The first round of reads of whatever takes goods in. */
export const readTakenIn = ({ today }: Pick<DecideAt, 'today'>) => ({
  takenIn: takenInOn.one([today]),
  costs: costsBefore.one([today]),
});

/** The second round: the items that came in today. */
export function readTakenInToday({
  takenIn,
  costs,
}: {
  readonly takenIn: readonly TakenIn[];
  readonly costs: Costs;
}): { readonly before: Ask<TakenInToday> } {
  const items = goodsById.each(takenIn.map(({ goodsId }) => [goodsId]));
  return {
    before: {
      wanted: items.wanted,
      pick(set) {
        const itemOf = items.pick(set);
        const pieces = takenIn.flatMap(({ goodsId, ...one }) => {
          const item = itemOf(goodsId);
          return item ? [{ ...one, item }] : [];
        });
        return { costs, pieces };
      },
    },
  };
}

/**
 * Asks a second person when goods that come in are worth more, with all that one person took in before on this day, than one
 * may take in alone. Deliveries, lists, papers and counts that find more all come here. Nothing is ever taken off the sum, so
 * that nobody gets room for more by taking a delivery back. The sum leaves out entries to which a second person agreed.
 */
export function needSecondForTakenIn(
  at: WorthAt,
  before: TakenInToday,
  taken: readonly Taken[],
  told: (worthFen: number) => ToldChange,
): void {
  const worthFen = worthOf(at, before, taken);
  const { openedAtMs, settings } = at.village;
  const sinceOpening = before.pieces.filter(({ bookedAtMs }) => bookedAtMs >= (openedAtMs ?? 0));
  const sumFen = worthFen + worthOf(at, before, sinceOpening);
  const { deliveryNeedsSecondAboveFen: aboveFen } = settings;
  // An agreement holds also where the sum of its own day would not have needed one. Above nothing means always.
  if (at.agreed || aboveFen === 0 || sumFen > aboveFen) needSecond(at, told(worthFen));
}

/** The same for work that is no command: everything that one person alone took in today. */
export async function takenInToday(
  reader: Reader,
  { villageId, today }: Pick<DecideAt, 'villageId' | 'today'>,
): Promise<TakenInToday> {
  const known = await askNow(reader, villageId, together(readTakenIn({ today })));
  return askNow(reader, villageId, readTakenInToday(known).before);
}

/** The most that pieces may be worth together, in fen. */
export function worthOf(
  at: WorthAt,
  { costs }: Pick<TakenInToday, 'costs'>,
  taken: readonly Taken[],
): number {
  return taken.reduce((sum, one) => sum + worthOfOne(at, costs, one), 0);
}

/**
 * The most that these pieces may be worth, in fen: what was written down, or the usual cost of such pieces, or what their points
 * are worth. A gift has no cost, and an item may never have had one.
 */
function worthOfOne(
  { today, village: { settings } }: WorthAt,
  costs: Costs,
  { item, pieces, totalCostFen }: Taken,
): number {
  const { id, costFen, price } = asOnDay(item, today);
  const usualFen = Math.max(costFen ?? 0, costs.get(id) ?? 0);
  const pointsFen = Math.ceil((price * settings.pointValueFen) / 100);
  return Math.min(Number.MAX_SAFE_INTEGER, Math.max(totalCostFen, pieces * usualFen, pieces * pointsFen));
}
