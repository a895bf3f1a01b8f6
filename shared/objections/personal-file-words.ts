/** Objections in a household's own file. */
export const OBJECTIONS_PART = '提的异议和意见';
export const OBJECTIONS_ABOUT_PART = '别人对自家加分扣分提的异议';

export const OBJECTION_TITLES = {
  number: '回执号',
  kind: '类别',
  state: '状态',
  deed: '关于哪一条',
  entry: '凭证号',
  words: '内容',
  name: '姓名',
  received: '收到',
  due: '最晚答复',
  steps: '经过',
} as const;

export const OBJECTION_STEP_TITLES = {
  state: '状态',
  outcome: '结果',
  reason: '理由',
  at: '时间',
} as const;

export const OBJECTION_KIND_WORDS = { objection: '异议', suggestion: '建议', complaint: '投诉' } as const;
export const OBJECTION_STATE_WORDS = {
  open: '等答复',
  answered: '已答复',
  appealed: '等监督员复核',
  settled: '监督员已复核，维持答复',
  withdrawn: '已撤回',
  confirmed: '镇里复核过，维持答复',
  overruled: '镇里复核过，改变答复',
} as const;
export const OUTCOME_WORDS = {
  upheld: '成立',
  partly: '部分成立',
  rejected: '不成立',
  withdrawn: '已撤回',
} as const;
