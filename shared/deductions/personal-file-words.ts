/** Reminders in a household's own file. */
export const REMINDERS_PART = '扣分以前的提醒';

export const REMINDER_TITLES = {
  number: '提醒号',
  rule: '细则',
  words: '内容',
  seenOn: '事情发生',
  dueOn: '改正期限',
  made: '写的时间',
  deliveredOn: '送达',
  deliveredWay: '怎么送达的',
  ended: '了结',
  deduction: '后面的扣分',
} as const;

export const DEDUCTION_TITLES = {
  points: '应扣',
  entry: '凭证号',
  answerUntil: '答复到',
  agreed: '认可了',
} as const;

export const WAY_WORDS = { paper: '书面', spoken: '当面说', phone: '手机' } as const;
export const END_WORDS = { put_right: '改好了', withdrawn: '撤回了' } as const;
export const AGREED_WORDS = '是';
