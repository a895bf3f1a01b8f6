import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPaper } from '../../../server/papers/read-paper.ts';
import type { PaperKind } from '../../../shared/imports/papers.ts';

const PAPERS: Record<PaperKind, string> = {
  roster: 'roster-sample.xlsx',
  balances: 'opening-balances-sample.xlsx',
  rules: 'rules.csv',
  goods: 'goods.csv',
  scores: 'scores-sample.csv',
};
const KINDS = Object.keys(PAPERS) as PaperKind[];

function looksLike(page: PaperKind, filename: string, bytes: Uint8Array) {
  return readPaper(page, { filename, bytes }).looksLike;
}

describe('a paper on the page of another kind', () => {
  const pairs = KINDS.flatMap((page) => KINDS.map((paper) => ({ page, paper })));
  it.each(pairs)('$paper on the page for $page is told from it', ({ page, paper }) => {
    const bytes = readFileSync(join('db/starter', PAPERS[paper]));
    expect(looksLike(page, PAPERS[paper], bytes)).toBe(page === paper ? null : paper);
  });

  it.each([
    ['roster', '序号,姓名,备注\n1,王明,'],
    ['roster', '户号,小组,户主,人口,电话,现有积分\n1,第一组,王明,3,13800000000,20'],
    ['balances', '户号,户主,结余\n1,王明,20'],
    ['goods', '品名,分值\n毛巾,8'],
    ['rules', '内容,分值\n打扫卫生,2'],
    ['scores', '户号,户主,细则\n1,王明,A1'],
    ['scores', '户号,户主,A1,B2,合计\n1,王明,5,,5'],
    ['roster', '户号,户主,A1,B2,合计\n1,王明,5,,5'],
  ] as const)('a plain %s is not taken for another', (page, text) => {
    expect(looksLike(page, 'paper.csv', Buffer.from(text))).toBeNull();
  });

  it('is read as a person says', () => {
    const bytes = readFileSync(join('db/starter', PAPERS.goods));
    const options = { columns: { head: 'C' } };
    expect(readPaper('roster', { filename: 'goods.csv', bytes, options }).looksLike).toBeNull();
  });
});
