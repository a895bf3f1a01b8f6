import type { ActsOfDomain } from '../acts/act-spec.ts';

/** The fields of a rule and of its versions. */
export const ruleActFields = {
  code: { zh: '编号', en: 'Code' },
  version: { zh: '版本', en: 'Version' },
  category: { zh: '类别', en: 'Category' },
  title: { zh: '内容', en: 'Wording' },
  pointsMode: { zh: '计分方式', en: 'How points are set' },
  points: { zh: '分值', en: 'Points', unit: 'points' },
  pointsMin: { zh: '最低分', en: 'Points at least', unit: 'points' },
  pointsMax: { zh: '最高分', en: 'Points at most', unit: 'points' },
  perUnit: { zh: '计分单位', en: 'For each' },
  options: { zh: '各档分值', en: 'Options' },
  proposer: { zh: '申报人', en: 'Proposed by' },
  evidence: { zh: '凭据', en: 'Evidence' },
  limitText: { zh: '限额说明', en: 'Limit in words' },
  caps: { zh: '限额', en: 'Caps', unit: 'cap' },
  enabled: { zh: '启用', en: 'In use', unit: 'yesNo' },
  isPrivate: { zh: '不公开', en: 'Not made public', unit: 'yesNo' },
  isFitForOld: { zh: '适合老人', en: 'Fit for the old', unit: 'yesNo' },
  effectiveFrom: { zh: '从哪天起算', en: 'Counts from' },
  decidedBy: { zh: '谁定的', en: 'Decided by', unit: 'decider' },
  decidedOn: { zh: '开会日期', en: 'Day of the meeting' },
} as const;

/** The fields in which acts told the only cap of a rule, before it could have several. */
const oldCapFields = {
  limitPeriod: { zh: '限额期间', en: 'Period of the limit' },
  limitTimes: { zh: '限次', en: 'Times at most' },
  limitPoints: { zh: '限分', en: 'Points in a period at most', unit: 'points' },
} as const;
const fields = { ...ruleActFields, ...oldCapFields };

export const acts = {
  'rules.created': { zh: '添加了细则', en: 'added the rule', fields },
  'rules.changed': { zh: '改了细则', en: 'changed the rule', fields },
  'rules.withdrawn': {
    zh: '撤回了还没生效的细则版本',
    en: 'took back a version before its day',
    fields: { withdrawnVersion: { zh: '撤回的版本', en: 'Version taken back' }, ...ruleActFields },
  },
  'rules.filed': {
    zh: '记下了细则的备案',
    en: 'noted the filing of the rule',
    fields: {
      filedVersion: { zh: '备案的版本', en: 'Version filed' },
      filedOn: { zh: '备案日期', en: 'Filed on' },
    },
  },
} as const satisfies ActsOfDomain;
