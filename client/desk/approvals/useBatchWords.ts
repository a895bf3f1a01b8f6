import type { Proposal } from '../../../shared/proposals/proposal.ts';
import { useFormat } from '../../i18n/format.ts';
import { wordsSaid } from '../award/deed-words.ts';
import { useText } from '../text.ts';
import { type Batch, standingOf } from './batch-choice.ts';

/** The words that a batch has wherever it stands: in the list, and open. */
export function useBatchWords() {
  const format = useFormat();
  const { t } = useText();

  /** The deed that most of it is about. */
  function title({ deeds, first, count }: Batch): string {
    const [lead] = deeds;
    const [single] = first;
    // A reversal is called after what it takes back.
    if (single?.reversesTitle) return t('approvals.reversesWhat', { what: single.reversesTitle });
    if (count === 1 && single?.reversesNumber)
      return t('approvals.reverses', { number: single.reversesNumber });
    return lead?.rule?.title ?? t(`approvals.kind.${lead?.kind ?? 'award'}`);
  }

  /** "39 户，每户 +3". */
  function howMany(batch: Batch): string {
    const { deeds } = batch;
    const { count: n } = standingOf(batch);
    if (batch.households !== batch.count) return t('approvals.items', { n });
    const each = deeds.length === 1 ? (deeds[0]?.each ?? null) : null;
    return each === null
      ? t('award.households', { n })
      : t('approvals.householdsEach', { n, each: format.signedPoints(each) });
  }

  /** The household of a batch of one, or the first ones of a larger: "王小明、李大娘、孙强…… 共 312 户". */
  function who({ first, households: n, count }: Batch): string {
    const [single] = first;
    if (count === 1 && single) {
      const { number, head, group } = single.household;
      return [`${number} ${head}`, group].filter(Boolean).join(' · ');
    }
    const names = first.map(({ household }) => household.head).join(t('approvals.comma'));
    return n <= first.length ? names : t('approvals.names', { n, names });
  }

  /** "家里哪一位：长子"; empty where the deed has no such words. */
  function about(row: Pick<Proposal, 'option' | 'member' | 'event'>): string[] {
    return wordsSaid(row).map(([word, said]) => t('award.wordSaid', { label: t(`award.${word}`), said }));
  }

  /** The words that the rows in view share. Rows with other words say their own. */
  function aboutAll({ first }: Batch): string[] {
    const [lead, ...others] = first;
    if (lead === undefined) return [];
    const isShared = others.every(
      ({ option, member, event }) => option === lead.option && member === lead.member && event === lead.event,
    );
    return isShared ? about(lead) : [];
  }

  return { title, howMany, who, about, aboutAll };
}
