import type { AnswerOf } from '../../api/index.ts';
import type { Format } from '../../i18n/format.ts';
import type { IconName } from '../../ui/icons.ts';
import type { DeskText } from '../text.ts';

type Striking = AnswerOf<'fairness.view'>['striking'][number];

const LOOKS = {
  proposer: { icon: 'person', filter: 'proposerId', more: 'fairness.striking.moreProposer' },
  approver: { icon: 'stamp', filter: 'approverId', more: 'fairness.striking.moreApprover' },
  group: { icon: 'people', filter: 'group', more: 'fairness.striking.moreGroup' },
} as const satisfies Record<Striking['kind'], { icon: IconName; filter: string; more: string }>;

/** Says what is worth a question, as rows that open the entries behind it. */
export function strikingRows(
  striking: readonly Striking[],
  { t, format }: { readonly t: DeskText['t']; readonly format: Format },
  stretch: Readonly<Record<string, string>>,
) {
  return striking.map(({ kind, id, name, percent }) => {
    const { icon, filter, more } = LOOKS[kind];
    const query = { ...stretch, figure: 'given', [filter]: id ?? name };
    return {
      name: `${kind} ${id ?? name}`,
      to: { name: 'fairnessEntries', query },
      icon,
      text: t(`fairness.striking.${kind}`, { name, percent: format.percent(percent) }),
      more: t(more),
    };
  });
}
