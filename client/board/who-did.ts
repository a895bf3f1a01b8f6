import type { Deed } from './slides.ts';
import type { BoardText } from './text.ts';

/** Names those who did a deed: "第三组 39 户", "39 户", or the one household with its group. */
export function whoDid(
  { households, groups, names }: Pick<Deed, 'households' | 'groups' | 'names'>,
  { t }: Pick<BoardText, 't'>,
): string {
  const [group = ''] = groups;
  if (households === 1) return t('board.who', { group, name: names[0] ?? '' });
  return groups.length === 1
    ? t('board.ofGroup', { group, n: households })
    : t('board.many', { n: households });
}
