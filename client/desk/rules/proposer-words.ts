import { PROPOSER_SIGNS, proposerParts } from '../../../shared/rules/proposer-kinds.ts';
import type { DeskText } from '../text.ts';

/** Says in words who reports a deed; what is no sign stands as it was written. */
export function proposerInWords(written: string, { t }: DeskText): string {
  const parts = proposerParts(written);
  const isDash = written.trim() === '—' || written.trim() === '';
  if (isDash) return '';
  const words = parts.map((part) =>
    part in PROPOSER_SIGNS ? t(`rules.reports.${PROPOSER_SIGNS[part as keyof typeof PROPOSER_SIGNS]}`) : part,
  );
  return words.join(t('rules.reports.or'));
}
