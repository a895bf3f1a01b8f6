import type { ActsOfDomain } from '../acts/act-spec.ts';

const name = { zh: '名称', en: 'Name' } as const;
const household = { zh: '农户', en: 'Household', unit: 'household' } as const;
const shift = { zh: '当班号', en: 'Shift' } as const;
const person = { zh: '姓名', en: 'Name' } as const;

/** The thing that a household was given within a day, and when. */
export const newlyGiven = {
  cardSince: { zh: '新卡发于', en: 'New card, given', unit: 'moment' },
  pinSince: { zh: '新密码设于', en: 'New PIN, set', unit: 'moment' },
} as const;

/** The fields of a count, and those of each item that was counted. */
const counted = {
  shift,
  count: { zh: '清点号', en: 'Count', unit: 'digest' },
  answers: { zh: '上一班的清点号', en: 'Count of the shift before', unit: 'digest' },
  withoutNetwork: { zh: '没网时数的', en: 'Counted without network', unit: 'yesNo' },
  pieces: { zh: '账上 → 数到', en: 'by the book → counted' },
  counted: { zh: '数到', en: 'Counted', unit: 'digest' },
  booked: { zh: '账上', en: 'By the book', unit: 'digest' },
  unit: { zh: '单位', en: 'Unit', unit: 'digest' },
  shown: { zh: '屏幕上的账', en: 'By the book on the screen', unit: 'digest' },
  reason: { zh: '原因', en: 'Reason', unit: 'digest' },
  remark: { zh: '说明', en: 'Remark' },
} as const;

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
  'shifts.begun': {
    zh: '在这里开始当班',
    en: 'began a shift here',
    fields: {
      shift,
      byDevice: {
        zh: '没网时由设备核对密码',
        en: 'PIN checked by the device, without network',
        unit: 'yesNo',
      },
    },
  },
  'shifts.ended': { zh: '结束了当班', en: 'ended the shift', fields: { shift } },
  'shifts.counted': { zh: '交班时数了货', en: 'counted goods at the end of the shift', fields: counted },
  'shifts.taken_over': {
    zh: '接班时核对了上一班交来的货',
    en: 'checked the goods that the shift before had left',
    fields: counted,
  },
  'kiosks.new_allowed': {
    zh: '准许新卡、新密码马上能用',
    en: 'let the new card or PIN be used at once',
    fields: newlyGiven,
  },
  'volunteers.created': { zh: '添加了志愿者', en: 'added the volunteer', fields: { name: person } },
  'volunteers.changed': {
    zh: '改了志愿者',
    en: 'changed the volunteer',
    fields: { name: person, disabled: { zh: '停用', en: 'Disabled', unit: 'yesNo' } },
  },
  'volunteers.pin_set': { zh: '给志愿者设了新密码', en: 'gave the volunteer a new PIN', fields: {} },
  'volunteers.confirmed': {
    zh: '确认了志愿者，密码由本人自己输入',
    en: 'confirmed the volunteer, who typed the PIN',
    fields: {},
  },
  'volunteers.kin_declared': {
    zh: '登记了志愿者的本户或亲属户',
    en: 'declared a household of the volunteer’s own or of kin',
    fields: { household },
  },
  'volunteers.kin_withdrawn': {
    zh: '去掉了志愿者登记的本户或亲属户',
    en: 'took back a declared household of the volunteer',
    fields: { household },
  },
  'volunteers.kin_extended': {
    zh: '同意了分户或并户，志愿者的亲属户随之增加',
    en: 'approved a change of a household, by which the volunteer’s kin grew',
    fields: { household, from: { zh: '由这一户而来', en: 'Because of', unit: 'household' } },
  },
  'volunteers.looked_often': {
    zh: '没刷卡查农户查到了上限',
    en: 'came to the limit of look-ups without a card',
    fields: {
      times: { zh: '次数', en: 'Times' },
      hours: { zh: '几小时以内', en: 'Within hours' },
    },
  },
} as const satisfies ActsOfDomain;
