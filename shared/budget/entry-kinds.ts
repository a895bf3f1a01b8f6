/** The kind of entry that fills the budget of a month, changes it, or gives back the rest, by its name in exported books. */
export const entryKinds = {
  budget: { zh: '积分额度', en: 'Points budget' },
} as const;
