/** The words of a blank score sheet. They are those by which it is read again. */
export const SCORE_SHEET_WORDS = {
  sheet: '评分表',
  number: '户号',
  head: '户主',
  group: '村民小组',
  total: '合计',
} as const;
