import type { Reader } from '../../db/index.ts';
import type { BudgetFigures, BudgetView } from '../../shared/budget/contract.ts';
import type { ProposalState } from '../../shared/proposals/states.ts';
import { askNow } from '../commands/index.ts';
import type { VillageContext } from '../http/index.ts';
import { accountId, monthOf } from '../ledger/index.ts';
import { awardsUnderWay } from '../proposals/index.ts';
import { allottedIn } from './allotted.ts';
import { budgetNow } from './budget-now.ts';
import { partUnder } from './parts.ts';

const FIGURES = ['allotted', 'spent', 'waiting', 'onNotice', 'contested', 'left'] as const;

/** Tells the budget of this month: given, on its way, left. */
export async function viewBudget(
  reader: Reader,
  { id, settings }: VillageContext,
  today: string,
): Promise<BudgetView> {
  const month = monthOf(today);
  const { parts, isFilled } = await askNow(reader, id, budgetNow({ settings, today }));
  if (parts.length === 0) return { month, isOn: false, total: null, parts: [] };
  const { byAccount } = await allottedIn(reader, id, month);
  const coming = await awardsUnderWay(reader, id);
  const told = parts.map((part) => {
    const own = coming.filter(({ head }) => partUnder(parts, head) === part);
    const on = (state: ProposalState) =>
      own.reduce((sum, one) => (one.state === state ? sum + one.points : sum), 0);
    const allotted = isFilled ? (byAccount.get(accountId(part.account)) ?? 0) : part.hundredths;
    return {
      ...{ head: part.head, allotted, spent: allotted - part.left, left: part.left },
      ...{ waiting: on('proposed'), onNotice: on('on_notice'), contested: on('contested') },
    };
  });
  return { month, isOn: true, total: totalOf(told, byAccount), parts: told };
}

/** A part that was taken out during the month is told with the whole alone: what was given of it counts. */
function totalOf(parts: readonly BudgetFigures[], byAccount: ReadonlyMap<string, number>): BudgetFigures {
  const sums = Object.fromEntries(
    FIGURES.map((name) => [name, parts.reduce((sum, part) => sum + part[name], 0)]),
  ) as Record<(typeof FIGURES)[number], number>;
  const ever = Array.from(byAccount.values()).reduce((sum, amount) => sum + amount, 0);
  const allotted = Math.max(sums.allotted, ever);
  return { ...sums, allotted, spent: allotted - sums.left };
}
