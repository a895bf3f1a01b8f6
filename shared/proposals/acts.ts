import type { ActsOfDomain } from '../acts/act-spec.ts';

/**
 * The steps that were taken at once, in lists that a verification compares. Posting is no act: its entry says who proposed
 * and who approved.
 */
const fields = {
  count: { zh: '条数', en: 'Proposals' },
  steps: { zh: '各条的指纹', en: 'Fingerprints', unit: 'digest' },
  steps2: { zh: '各条的指纹', en: 'Fingerprints', unit: 'digest' },
  steps3: { zh: '各条的指纹', en: 'Fingerprints', unit: 'digest' },
  steps4: { zh: '各条的指纹', en: 'Fingerprints', unit: 'digest' },
} as const;

export const acts = {
  'proposals.proposed': { zh: '提出了申报', en: 'proposed', fields },
  'proposals.returned': { zh: '退回了申报', en: 'sent proposals back', fields },
  'proposals.resubmitted': { zh: '重新提交了申报', en: 'sent proposals again', fields },
  'proposals.withdrawn': { zh: '撤回了申报', en: 'withdrew proposals', fields },
  'proposals.laid_aside': { zh: '把退回的申报搁下', en: 'laid returned proposals aside', fields },
  'proposals.approved': { zh: '批准了申报，先公示', en: 'approved proposals, to be on notice first', fields },
  'proposals.recalled': { zh: '把公示中的申报退了回去', en: 'took proposals off notice', fields },
  'proposals.contested': {
    zh: '公示中的申报有异议，先不入账',
    en: 'held proposals on notice for an objection',
    fields,
  },
  'proposals.cleared': {
    zh: '异议了结，申报回到公示',
    en: 'ended an objection: proposals are on notice again',
    fields,
  },
  'proposals.corrected': { zh: '异议成立，退回了申报', en: 'sent proposals back for an objection', fields },
  'proposals.taken_up': { zh: '把搁下的申报拿出来', en: 'took up proposals that were laid aside', fields },
} as const satisfies ActsOfDomain;
