/** The two people behind an act, by the names of its facts. */
export const AGREED_FIELDS = {
  proposedBy: { zh: '提交人', en: 'Handed in by' },
  decidedBy: { zh: '同意人', en: 'Agreed by' },
} as const;
