import type { PassbookLine } from '../../../../shared/ledger/passbook.ts';
import type { AnswerOf, Api } from '../../../api/index.ts';
import { usePages, type Pages } from '../../../ui/usePages.ts';

const pageSize = 50;
const largestPage = 200;

/** A household's lines, newest first. `all` reads them in larger pages. */
export function usePassbook(api: Api, id: string): Pages<AnswerOf<'households.passbook'>> {
  let limit = pageSize;
  const pages = usePages<AnswerOf<'households.passbook'>>((before, signal) => {
    const query = { limit, ...(before === null ? {} : { before }) };
    return api.call('households.passbook', { params: { id }, query, signal });
  });
  return {
    ...pages,
    all(isEnough) {
      limit = largestPage;
      return pages.all(isEnough);
    },
  };
}

/** The lines of one month, newest first, and what came and went in it. */
export interface Month {
  /** "2026-05" */
  readonly name: string;
  readonly lines: readonly PassbookLine[];
  readonly gained: number;
  readonly spent: number;
}

export function inMonths(lines: readonly PassbookLine[]): Month[] {
  const months = Map.groupBy(lines, ({ effectiveOn }) => effectiveOn.slice(0, 7));
  return Array.from(months, ([name, own]) => ({
    name,
    lines: own,
    gained: own.reduce((sum, { amount }) => sum + Math.max(0, amount), 0),
    spent: own.reduce((sum, { amount }) => sum + Math.min(0, amount), 0),
  }));
}
