/** Rounds in a household's own file. */
export const ROUNDS_PART = '评比得分';

export const ROUND_TITLES = {
  number: '第几轮',
  name: '名称',
  day: '日期',
  items: '看哪几项',
  judges: '各位评委打的分',
  mean: '平均分',
} as const;

export const ROUND_MARKS_TITLES = {
  judge: '评委',
  marks: '各项得分',
  total: '合计',
} as const;
