import type { ObjectionTally } from '../../../shared/notices/public-notice.ts';
import { toldObjections } from '../../../shared/notices/told-objections.ts';
import type { useText } from './text.ts';

/** Tells in figures alone how many objections came to a notice; null without any. */
export function objectionsInWords(tally: ObjectionTally, t: ReturnType<typeof useText>['t']): string | null {
  const told = toldObjections(tally);
  if (told === null) return null;
  const parts = told.kinds.map(({ kind, n }) => t(`notices.numbered.objected.${kind}`, { n }));
  return t('notices.numbered.objections', { n: told.n, parts: parts.join(t('notices.listComma')) });
}
