import type { Concern } from '../../../shared/proposals/concerns.ts';
import type { AnswerOf } from '../../api/index.ts';
import type { Format } from '../../i18n/format.ts';
import type { IconName } from '../../ui/icons.ts';
import type { DeskText } from '../text.ts';

export type BatchConcerns = AnswerOf<'proposals.concerns'>['items'][number];

export const CONCERN_ICONS: Readonly<Record<Concern['kind'], IconName>> = {
  over_cap: 'warning',
  same_deed: 'copy',
  no_photo: 'camera',
  kin: 'people',
};

/** Says in a sentence why a deed wants a look. */
export function concernInWords({ kind, cap, other }: Concern, { t }: DeskText, format: Format): string {
  if (kind === 'over_cap' && cap) {
    const { figure, limit, used } = cap;
    const words = figure === 'times' ? 'approvals.concernWhy.times' : 'approvals.concernWhy.points';
    const figures =
      figure === 'times' ? { limit, used } : { limit: format.points(limit), used: format.points(used) };
    return t(words, { period: t(`rules.period.${cap.period}`), ...figures });
  }
  if (kind === 'same_deed' && other) {
    const points = format.signedPoints(other.points);
    return other.journalNumber === null
      ? t('approvals.concernWhy.sameWaits', { points })
      : t('approvals.concernWhy.samePosted', { points, number: other.journalNumber });
  }
  return t(kind === 'kin' ? 'approvals.concernWhy.kin' : 'approvals.concernWhy.noPhoto');
}
