import type { NoticeOnBoard } from '../../../shared/notices/public-notice.ts';
import type { useText } from './text.ts';

const KINDS = ['open', 'upheld', 'partly', 'rejected', 'withdrawn'] as const;

/** Tells in figures alone how many objections came to a notice; null without any. */
export function objectionsInWords(
  tally: NoticeOnBoard['objections'],
  t: ReturnType<typeof useText>['t'],
): string | null {
  const told = KINDS.filter((kind) => tally[kind] > 0);
  if (told.length === 0) return null;
  const parts = told.map((kind) => t(`notices.numbered.objected.${kind}`, { n: tally[kind] }));
  return t('notices.numbered.objections', {
    n: told.reduce((sum, kind) => sum + tally[kind], 0),
    parts: parts.join(t('notices.listComma')),
  });
}
