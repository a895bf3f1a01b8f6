import type { DeskText } from '../text.ts';

/** The short signs with which rule books say who reports a deed: "评/组". */
const SIGNS = {
  评: 'panel',
  组: 'group',
  委: 'committee',
  户: 'self',
  邻: 'neighbour',
  系: 'system',
} as const;

/** Says in words who reports a deed; what is no sign stands as it was written. */
export function proposerInWords(written: string, { t }: DeskText): string {
  const parts = written.split(/[/／→、]/).map((part) => part.trim());
  const isDash = written.trim() === '—' || written.trim() === '';
  if (isDash) return '';
  const words = parts.map((part) =>
    part in SIGNS ? t(`rules.reports.${SIGNS[part as keyof typeof SIGNS]}`) : part,
  );
  return words.join(t('rules.reports.or'));
}
