import type { Concern } from '../../../shared/proposals/concerns.ts';
import type { AnswerOf } from '../../api/index.ts';
import type { Format } from '../../i18n/format.ts';
import type { IconName } from '../../ui/icons.ts';
import type { DeskText } from '../text.ts';

export type BatchConcerns = AnswerOf<'proposals.concerns'>['items'][number];

export const CONCERN_ICONS: Readonly<Record<Concern['kind'], IconName>> = {
  over_cap: 'warning',
  near_cap: 'chart',
  same_deed: 'copy',
  no_photo: 'camera',
  no_evidence: 'info',
  kin: 'people',
  late: 'undo',
  one_proposer: 'person',
};

/** Says in a sentence why a deed wants a look. */
export function concernInWords(
  { kind, cap, other, awards }: Concern,
  text: DeskText,
  format: Format,
): string {
  const { t } = text;
  if ((kind === 'over_cap' || kind === 'near_cap') && cap) return passedInWords(cap, text, format);
  if (kind === 'same_deed' && other) {
    const points = format.signedPoints(other.points);
    return other.journalNumber === null
      ? t('approvals.concernWhy.sameWaits', { points })
      : t('approvals.concernWhy.samePosted', { points, number: other.journalNumber });
  }
  if (kind === 'one_proposer' && awards !== null) return t('approvals.concernWhy.oneProposer', { n: awards });
  if (kind === 'late') return t('approvals.concernWhy.late');
  if (kind === 'no_evidence') return t('approvals.concernWhy.noEvidence');
  return t(kind === 'kin' ? 'approvals.concernWhy.kin' : 'approvals.concernWhy.noPhoto');
}

/** “长子”每年最多 2 次，已有 2 次: without the deed itself. */
function passedInWords(cap: NonNullable<Concern['cap']>, { t }: DeskText, format: Format): string {
  const { figure, about, limit, used } = cap;
  const period = t(`rules.period.${cap.period}`);
  const why =
    figure === 'times'
      ? t('approvals.concernWhy.times', { period, limit, used })
      : t('approvals.concernWhy.points', { period, limit: format.points(limit), used: format.points(used) });
  return about === null ? why : t('approvals.concernWhy.about', { about, why });
}
