/** Reports in a household's own file. */
export const REPORTS_PART = '用手机申报的';
export const REPORTS_ABOUT_PART = '别人为自家申报的';

export const REPORT_TITLES = {
  number: '回执号',
  kind: '类别',
  rule: '细则',
  day: '哪天的事',
  words: '怎么说的',
  state: '状态',
  reported: '申报时间',
  decided: '初审时间',
  reason: '理由',
} as const;

export const REPORT_KIND_WORDS = { own: '自家申报', helped: '受助户申报' } as const;
export const REPORT_STATE_WORDS = {
  waiting: '等初审',
  taken_up: '初审通过，已提交评议',
  not_accepted: '不予认定',
  withdrawn: '已撤回',
} as const;
