/** An erasure takes nothing but personal data: no points move. */
export const proposalKinds = { erasure: { zh: '删除资料', en: 'Erasure' } } as const;
