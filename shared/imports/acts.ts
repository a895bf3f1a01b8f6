import type { ActsOfDomain } from '../acts/act-spec.ts';
import { goodsActFields } from '../goods/acts.ts';
import { householdActFields } from '../households/acts.ts';
import { ruleActFields } from '../rules/acts.ts';

/** The fields of the things that a paper brings. */
const fields = {
  ...householdActFields,
  card: { zh: '卡号末四位', en: 'Last digits of the card' },
  ...ruleActFields,
  ...goodsActFields,
} as const;

export const acts = {
  'imports.committed': {
    zh: '导入了一份资料',
    en: 'imported a paper',
    fields: {
      paper: { zh: '资料', en: 'Paper' },
      file: { zh: '文件名', en: 'File' },
      created: { zh: '新建', en: 'Added' },
      updated: { zh: '修改', en: 'Changed' },
      unchanged: { zh: '没有变', en: 'Unchanged' },
      leftOut: { zh: '没有写入的行', en: 'Rows left out' },
      total: { zh: '积分合计', en: 'Points in total', unit: 'points' },
      needsApproval: { zh: '要第二个人批准', en: 'Needs a second person', unit: 'yesNo' },
    },
  },
  'imports.blank_taken': {
    zh: '取了一张空白评分表',
    en: 'took a blank score sheet',
    fields: { format: { zh: '格式', en: 'Format' } },
  },
  'imports.added': { zh: '按导入的资料新建了', en: 'added from the imported paper', fields },
  'imports.changed': { zh: '按导入的资料改了', en: 'changed by the imported paper', fields },
} as const satisfies ActsOfDomain;
