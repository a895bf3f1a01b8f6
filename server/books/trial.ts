import type { z } from 'zod';
import type { Reader } from '../../db/index.ts';
import type { trialBalance as trialBalanceSchema } from '../../shared/books/contract.ts';
import { UNIT_NAMES } from '../../shared/books/unit-words.ts';
import type { VillageContext } from '../http/index.ts';
import { CNY, type KindTotal, POINT, trialBalance } from '../ledger/index.ts';
import { coverOf } from '../village/index.ts';
import { goodsNames } from './owners.ts';

type TrialBalance = z.input<typeof trialBalanceSchema>;
type Unit = TrialBalance['units'][number];

const SKU = 'SKU.';

/** Sums per unit and kind of account, and what the shop owes and can honour: now, or at the end of a day. */
export async function trialBalanceOf(
  reader: Reader,
  village: Pick<VillageContext, 'id' | 'settings'>,
  asOf: string | undefined,
): Promise<TrialBalance> {
  const totals = await trialBalance(reader, village.id, asOf);
  const byUnit = Map.groupBy(totals, ({ unit }) => unit);
  const goodsIds = Array.from(byUnit.keys()).flatMap((unit) =>
    unit.startsWith(SKU) ? [unit.slice(SKU.length)] : [],
  );
  const names = await goodsNames(reader, village.id, goodsIds);
  const units = Array.from(byUnit, ([unit, kinds]) => unitOf(unit, names.get(unit.slice(SKU.length)), kinds));
  return {
    asOf: asOf ?? null,
    units: units.sort(pointsAndMoneyFirst),
    ...coverOf(totals, village.settings),
  };
}

function unitOf(unit: string, goodsName: string | undefined, kinds: readonly KindTotal[]): Unit {
  return {
    unit,
    name: FIXED_NAMES.get(unit) ?? goodsName ?? unit,
    accounts: kinds.map(({ kind, positive, negative, count }) => ({
      kind,
      debit: positive,
      credit: 0 - negative,
      count,
    })),
    sum: kinds.reduce((sum, { positive, negative }) => sum + positive + negative, 0),
  };
}

/** The screens have their own words for these; goods are called what the village calls them. */
const FIXED_NAMES: ReadonlyMap<string, string> = new Map([
  [POINT, UNIT_NAMES.points],
  [CNY, UNIT_NAMES.money],
]);

function pointsAndMoneyFirst(a: Unit, b: Unit): number {
  const rank = ({ unit }: Unit) => (unit === POINT ? 0 : unit === CNY ? 1 : 2);
  return rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);
}
