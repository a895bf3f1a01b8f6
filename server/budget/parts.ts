import type { VillageSettings } from '../../shared/village/settings.ts';
import { type AccountRef, monthOf } from '../ledger/index.ts';
import { budgetAccount } from './ledger-kinds.ts';

export type BudgetSettings = Pick<VillageSettings, 'budgetHundredths' | 'budgetHeads'>;

/** One part of a month's budget. An award is taken from the part of its category, or from the common one. */
export interface BudgetPart {
  /** Null: the common part, of all categories without a part of their own. */
  readonly head: string | null;
  readonly account: AccountRef;
  /** A month begins with so many; hundredths. */
  readonly hundredths: number;
}

/** The parts of the budget in the month of this day, the common one first; none where the village has no budget. */
export function partsOf(settings: BudgetSettings, day: string): readonly BudgetPart[] {
  const { budgetHundredths, budgetHeads } = settings;
  if (budgetHundredths === null) return [];
  const month = monthOf(day);
  return [null, ...budgetHeads.map(({ head }) => head)].map((head) => ({
    head,
    account: budgetAccount(month, head),
    hundredths: partFor(settings, head),
  }));
}

/** Finds the part from which an award under this category is taken. */
export function partUnder<Part extends Pick<BudgetPart, 'head'>>(
  parts: readonly Part[],
  head: string,
): Part | undefined {
  return parts.find((part) => part.head === head) ?? parts.find((part) => part.head === null);
}

/** The most that may be given in a month under this category: its own part, or the common one. */
function partFor({ budgetHundredths, budgetHeads }: BudgetSettings, head: string | null): number {
  const own = head === null ? undefined : budgetHeads.find((one) => one.head === head);
  return own ? own.hundredths : (budgetHundredths ?? 0) - ownParts(budgetHeads);
}

/** The parts of all categories together. */
export function ownParts(budgetHeads: BudgetSettings['budgetHeads']): number {
  return budgetHeads.reduce((sum, { hundredths }) => sum + hundredths, 0);
}

/** Whether more could be given than before: in all, or under some category. */
export function loosensBudget(was: BudgetSettings, is: BudgetSettings): boolean {
  if (was.budgetHundredths === null) return false;
  if (is.budgetHundredths === null || is.budgetHundredths > was.budgetHundredths) return true;
  const heads = [null, ...[...was.budgetHeads, ...is.budgetHeads].map(({ head }) => head)];
  return heads.some((head) => partFor(is, head) > partFor(was, head));
}
