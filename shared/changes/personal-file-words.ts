/** The changes of a household that a second person decides, in its own file. */
export const CHANGES_PART = '要第二个人同意的改动';

export const CHANGE_TITLES = {
  what: '改动',
  content: '改前和改后',
  reason: '说明',
  state: '状态',
  proposed: '提交',
  decided: '决定',
  by: '经办人',
  at: '时间',
  note: '不同意的原因',
} as const;

export const CHANGE_STATE_WORDS = {
  waiting: '等第二个人同意',
  agreed: '已同意',
  refused: '没有同意',
  withdrawn: '已撤回',
} as const;
