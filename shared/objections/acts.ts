import type { ActsOfDomain } from '../acts/act-spec.ts';

/** Words and the objector stand in no act: a seal binds them, and lets them be erased. */
const seal = { zh: '内容的指纹', en: 'Fingerprint of the words', unit: 'digest' } as const;
const dueOn = { zh: '最晚答复', en: 'Answer due on' } as const;

export const acts = {
  'objections.received': {
    zh: '收到了异议或意见',
    en: 'received an objection',
    fields: {
      number: { zh: '回执号', en: 'Number' },
      kind: { zh: '类别', en: 'Kind', unit: 'digest' },
      channel: { zh: '来路', en: 'Channel', unit: 'digest' },
      deed: { zh: '哪条申报', en: 'Deed', unit: 'digest' },
      entry: { zh: '凭证号', en: 'Entry' },
      notice: { zh: '哪期公示', en: 'Notice', unit: 'digest' },
      dueOn,
      seal,
    },
  },
  'objections.answered': {
    zh: '答复了异议或意见',
    en: 'answered an objection',
    fields: { outcome: { zh: '结果', en: 'Outcome', unit: 'digest' }, seal },
  },
  'objections.withdrawn': { zh: '撤回了异议或意见', en: 'withdrew an objection', fields: { seal } },
  'objections.appealed': { zh: '不服答复，请监督员复核', en: 'appealed to a supervisor', fields: { seal } },
  'objections.upheld': { zh: '复核：维持答复', en: 'let an answer stand', fields: { seal } },
  'objections.sent_back': {
    zh: '复核：换人重新答复',
    en: 'sent an objection to other people',
    fields: { dueOn, seal },
  },
  'objections.referred': {
    zh: '打印了请镇里复核的材料',
    en: 'printed the sheet for the township',
    fields: { namesObjector: { zh: '写了提的人', en: 'Names the objector', unit: 'yesNo' } },
  },
  'objections.confirmed': {
    zh: '登记镇里的答复：维持',
    en: 'noted that the township let the answer stand',
    fields: { seal },
  },
  'objections.overruled': {
    zh: '登记镇里的答复：改变',
    en: 'noted that the township found otherwise',
    fields: { seal },
  },
} as const satisfies ActsOfDomain;
