import type { ActsOfDomain } from '../acts/act-spec.ts';

const name = { zh: '名称', en: 'Name' } as const;
const person = { zh: '姓名', en: 'Name' } as const;

export const acts = {
  'kiosks.created': { zh: '添加了兑换台', en: 'added the kiosk', fields: { name } },
  'kiosks.changed': { zh: '给兑换台改了名', en: 'renamed the kiosk', fields: { name } },
  'kiosks.code_renewed': {
    zh: '给兑换台换了配对码，原来的设备停用',
    en: 'gave the kiosk a new pairing code, which ended its device',
    fields: {},
  },
  'kiosks.paired': { zh: '用配对码接上了设备', en: 'was paired with a device', fields: {} },
  'kiosks.revoked': { zh: '停用了兑换台', en: 'locked the kiosk out', fields: {} },
  'volunteers.created': { zh: '添加了志愿者', en: 'added the volunteer', fields: { name: person } },
  'volunteers.changed': {
    zh: '改了志愿者',
    en: 'changed the volunteer',
    fields: { name: person, disabled: { zh: '停用', en: 'Disabled', unit: 'yesNo' } },
  },
  'volunteers.pin_set': { zh: '给志愿者设了新密码', en: 'gave the volunteer a new PIN', fields: {} },
  'volunteers.looked_often': {
    zh: '没刷卡查农户查到了上限',
    en: 'came to the limit of look-ups without a card',
    fields: {
      times: { zh: '次数', en: 'Times' },
      hours: { zh: '几小时以内', en: 'Within hours' },
    },
  },
} as const satisfies ActsOfDomain;
