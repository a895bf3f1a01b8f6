/** Kinds of entry that the counter books, by their names in exported books. */
export const entryKinds = {
  redemption: { zh: '兑换', en: 'Redemption' },
  late_redemption: { zh: '没网时多兑的', en: 'Redeemed beyond the balance, without network' },
} as const;

/** The kinds of entry by which goods go over the counter. */
export const REDEMPTION_KINDS = ['redemption', 'late_redemption'] as const;

export function isRedemption(kind: string): boolean {
  return REDEMPTION_KINDS.some((one) => one === kind);
}
