import type { Rule } from '../../../shared/rules/contract.ts';
import type { DeskText } from '../text.ts';

/** The marks that a rule has, in words: fit for the old, not made public. */
export function marksOf(
  { isFitForOld, isPrivate }: Pick<Rule, 'isFitForOld' | 'isPrivate'>,
  { t }: Pick<DeskText, 't'>,
): string[] {
  return [
    ...(isFitForOld ? [t('rules.mark.isFitForOld')] : []),
    ...(isPrivate ? [t('rules.mark.isPrivate')] : []),
  ];
}
