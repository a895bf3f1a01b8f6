/** Chinese words about households in exported files: column names and values. */
export const HOUSEHOLD_COLUMNS = {
  number: '户号',
  originalNumber: '原户号',
  group: '村民小组',
  head: '户主',
  size: '人口',
  phone: '电话',
  balance: '积分余额',
  card: '积分卡',
  state: '状态',
  note: '备注',
} as const;

export const HOUSEHOLD_WORDS = {
  sheet: '农户',
  noCard: '没有卡',
  unprinted: '未打印',
  printed: '已打印',
  active: '在用',
  closed: '已停用',
} as const;

interface Named {
  readonly number: string;
  readonly head: string;
}

const named = ({ number, head }: Named) => `${number} ${head}`.trim();

/** Stands where the head's name stood once a household's personal data has been erased. */
export const ERASED_HEAD = '（已删除）';

/** The titles of entries on both passbooks when an account is split, merged or closed. */
export const CHANGE_TITLES = {
  split: (from: Named, fresh: Named) => `分户：从 ${named(from)} 分出 ${named(fresh)}`,
  merge: (from: Named, into: Named) => `并户：${named(from)} 并入 ${named(into)}`,
  departureTo: (from: Named, to: Named) => `迁出：${named(from)} 的积分转给 ${named(to)}`,
  departure: (from: Named) => `迁出销户：${named(from)}`,
} as const;
