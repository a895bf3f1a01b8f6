import type { PassbookLine } from '../../shared/ledger/passbook.ts';
import { useFormat } from './format.ts';
import { useCommonText, useLanguage } from './index.ts';

/** Says of a line of a passbook when it was done without network, and what stood against it; empty of every other line. */
export function useWithoutNetworkWords(): (line: Pick<PassbookLine, 'withoutNetwork'>) => string {
  const { t } = useCommonText();
  const { language } = useLanguage();
  const format = useFormat();
  return ({ withoutNetwork }) => {
    if (!withoutNetwork) return '';
    const isEnglish = language.value === 'en';
    const marks = withoutNetwork.marks.map(({ zh, en }) => (isEnglish ? en : zh));
    const lead = t('withoutNetwork.done', { when: format.moment(withoutNetwork.atMs) });
    return [lead, ...marks].join(isEnglish ? '; ' : '；');
  };
}
