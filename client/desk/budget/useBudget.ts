import type { BudgetFigures, BudgetView } from '../../../shared/budget/contract.ts';
import type { Format } from '../../i18n/format.ts';
import { useFormat } from '../../i18n/format.ts';
import { type Loaded, useLoad } from '../../ui/useLoad.ts';
import { useDesk } from '../desk.ts';
import { useText } from './text.ts';

export type BudgetPart = BudgetView['parts'][number];

const FIGURES = ['spent', 'waiting', 'onNotice', 'contested', 'left'] as const;

/** The budget of this month, and its words. */
export function useBudget(): {
  readonly loaded: Loaded<BudgetView>;
  /** The points given, on their way and left, one after the other; a figure of nothing is left out. */
  readonly figuresOf: (figures: BudgetFigures) => string[];
  readonly nameOf: (part: BudgetPart, parts: readonly BudgetPart[]) => string;
  readonly format: Format;
  readonly t: ReturnType<typeof useText>['t'];
} {
  const desk = useDesk();
  const format = useFormat();
  const { t } = useText();
  return {
    loaded: useLoad((signal) => desk.api.call('budget.view', { signal })),
    figuresOf: (figures) =>
      FIGURES.filter((name) => name === 'spent' || name === 'left' || figures[name] !== 0).map((name) =>
        t(`budget.${name}`, { points: format.points(figures[name]) }),
      ),
    nameOf({ head }, parts) {
      if (head !== null) return head;
      return t(parts.length > 1 ? 'budget.ofRest' : 'budget.whole');
    },
    format,
    t,
  };
}
