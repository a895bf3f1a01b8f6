import type { endpoints } from '../../shared/budget/endpoints.ts';
import type { HandlersOf } from '../http/index.ts';
import { viewBudget } from './view.ts';

export function budgetHandlers(): HandlersOf<typeof endpoints> {
  return {
    'budget.view': (_input, { reader, village, today }) => viewBudget(reader, village, today),
  };
}
