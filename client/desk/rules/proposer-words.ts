import { namedProposers } from '../../../shared/rules/proposer-kinds.ts';
import type { DeskText } from '../text.ts';

/** Says in words who reports a deed; what is no sign stands as it was written. */
export function proposerInWords(written: string, { t }: DeskText): string {
  return namedProposers(written)
    .map(({ words, kind }) => (kind === null ? words : t(`rules.reports.${kind}`)))
    .join(t('rules.reports.or'));
}

/** Those whom the program does not know: a person settles who may report. Empty where it knows all. */
export function unsettledProposers(written: string, { t }: DeskText): string {
  return namedProposers(written)
    .filter(({ kind }) => kind === null)
    .map(({ words }) => words)
    .join(t('rules.reports.or'));
}
