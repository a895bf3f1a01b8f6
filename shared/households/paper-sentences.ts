/** The sentences about a village's roster and the points from before. Words in braces are filled in. */
export const HOUSEHOLD_PAPER_SENTENCES = {
  // Roster
  head_missing: { zh: '没有户主姓名，这一行没有收。', en: 'No head of household; the row is left out.' },
  head_unreadable: {
    zh: '“{value}”不是姓名，这一行没有收。',
    en: '“{value}” is not a name; the row is left out.',
  },
  head_character_lost: {
    zh: '姓名“{value}”里有丢失或无法显示的字，请核对。',
    en: 'The name “{value}” has a character that was lost or cannot be shown; please check.',
  },
  number_missing: {
    zh: '没有户编号，接着最大的编号给了 {number}。',
    en: 'No household number; {number} was given, after the largest.',
  },
  number_is_date: {
    zh: '户编号成了日期“{value}”，这一行没有收。请把这一列改成文本格式后重填。',
    en: 'The household number turned into a date “{value}”; the row is left out. Make the column text and type it again.',
  },
  number_unreadable: {
    zh: '“{value}”不能作户编号，这一行没有收。',
    en: '“{value}” cannot be a household number; the row is left out.',
  },
  number_taken: {
    zh: '户编号 {number} 已在第 {row} 行给了{head}，这一行没有收。',
    en: 'Household number {number} belongs to {head} in row {row}; this row is left out.',
  },
  group_missing: { zh: '没有村民小组。', en: 'No village group.' },
  phone_invalid: {
    zh: '“{value}”不是有效的电话号码（{digits} 位），电话没有收，农户照收。',
    en: '“{value}” is not a valid phone number ({digits} digits); the phone is left out, the household is kept.',
  },
  phone_partly: {
    zh: '“{value}”里只收了 {phone}。',
    en: 'Of “{value}” only {phone} was kept.',
  },
  size_invalid: {
    zh: '人口“{value}”不是 1 到 30 的整数，留空。',
    en: 'The size “{value}” is not a whole number from 1 to 30; left empty.',
  },
  same_name: {
    zh: '第 {row} 行也有{group}的{head}，电话都没有，按两户收，请核对。',
    en: '{head} of {group} is in row {row} as well, both without a phone; kept as two households, please check.',
  },
  duplicate_number: {
    zh: '户编号 {number}（{head}）与第 {row} 行重复，只收第 {row} 行。',
    en: 'Household number {number} ({head}) repeats row {row}; only row {row} is kept.',
  },
  duplicate_person: {
    zh: '{head}与第 {row} 行的姓名、小组、电话都相同，只收第 {row} 行。',
    en: '{head} has the same name, group and phone as row {row}; only row {row} is kept.',
  },

  // Balances
  who_missing: {
    zh: '没有户编号也没有户主，这一行没有收。',
    en: 'Neither number nor head; the row is left out.',
  },
  figure_unreadable: {
    zh: '“{value}”不是积分数，这一行先不收，等人决定。',
    en: '“{value}” is not a number of points; the line waits for a person to decide.',
  },
  balance_missing: {
    zh: '没有余额，这一行先不收，等人决定。',
    en: 'No balance; the line waits for a person to decide.',
  },
  balance_wrong: {
    zh: '算不平：按各栏应为 {computed}，写的是 {value}。这一行先不收，等人决定。',
    en: 'Its own figures give {computed}, not {value}; the line waits for a person to decide.',
  },
  balance_negative: {
    zh: '余额 {value} 小于零，这一行先不收，等人决定。',
    en: 'The balance {value} is below zero; the line waits for a person to decide.',
  },
  balance_conflict: {
    zh: '户编号 {number} 在第 {row} 行已有另一个余额，这一行没有收。',
    en: 'Household {number} has another balance in row {row}; this row is left out.',
  },
  decision_unused: {
    zh: '第 {row} 行没有等待决定的余额。',
    en: 'Row {row} has no balance waiting for a decision.',
  },
} as const;
