import { useText } from '../text.ts';
import type { Batch } from './batch-choice.ts';

/** Names the first households of a batch that is too large to list: "王小明、李大娘、孙强…… 共 312 户". */
export function useBatchNames(): (batch: Batch) => string {
  const { t } = useText();
  return ({ first, households: n }) =>
    t('approvals.names', {
      n,
      names: first.map(({ household }) => household.head).join(t('approvals.comma')),
    });
}
