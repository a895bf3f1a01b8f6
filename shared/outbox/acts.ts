import type { ActsOfDomain } from '../acts/act-spec.ts';

/** A late row that is settled, as whoever agrees is shown it. */
export const settledFields = {
  row: { zh: '第几行', en: 'Row' },
  rowId: { zh: '行号', en: 'Id of the row', unit: 'digest' },
  entry: { zh: '凭证号', en: 'Entry' },
  points: { zh: '积分', en: 'Points', unit: 'points' },
  marks: { zh: '当时有这些问题', en: 'What stood against it', unit: 'mark' },
  remark: { zh: '怎么处理的', en: 'What came of it' },
} as const satisfies ActsOfDomain[`outbox.${string}`]['fields'];

/** The rows of a shift that are settled together. */
export const settledShiftFields = {
  volunteer: { zh: '谁当班', en: 'Volunteer', unit: 'person' },
  begun: { zh: '当班开始', en: 'Shift begun', unit: 'moment' },
  rows: { zh: '几行', en: 'Rows' },
  points: { zh: '积分合计', en: 'Points together', unit: 'points' },
  shift: { zh: '当班号', en: 'Id of the shift', unit: 'digest' },
  rowIds: { zh: '行号', en: 'Ids of the rows', unit: 'digest' },
} as const satisfies ActsOfDomain[`outbox.${string}`]['fields'];

export const acts = {
  'outbox.registered': {
    zh: '登记了这台设备签名用的公钥',
    en: 'registered the key by which this device signs',
    fields: {
      key: { zh: '公钥指纹', en: 'Thumbprint of the key' },
      confirmed: {
        zh: '配对时登记，不用再确认',
        en: 'Came with the pairing, needs nobody else',
        unit: 'yesNo',
      },
    },
  },
  'outbox.key_confirmed': {
    zh: '核对并确认了这台设备的新公钥',
    en: 'compared and confirmed the new key of this device',
    fields: { key: { zh: '公钥指纹', en: 'Thumbprint of the key' } },
  },
  'outbox.alarmed': {
    zh: '发现这台设备送来的行对不上',
    en: 'found that the rows of this device do not hold together',
    fields: {
      key: { zh: '公钥指纹', en: 'Thumbprint of the key' },
      broken: { zh: '签名不对', en: 'A wrong signature', unit: 'yesNo' },
      chain: { zh: '和前一行接不上', en: 'A row that does not follow', unit: 'yesNo' },
      missing: { zh: '缺几行', en: 'Rows missing' },
    },
  },
  'outbox.settled': {
    zh: '对着小票看过没网时发出的一笔，写明了怎么处理',
    en: 'settled what was handed out without network',
    fields: settledFields,
  },
  'outbox.shift_settled': {
    zh: '对着小票看过这一班没网时发出的',
    en: 'looked at what was handed out in a shift without network, with its slips',
    fields: settledShiftFields,
  },
  'outbox.written_off': {
    zh: '销掉了这台设备的公钥，没送来的行不再等',
    en: 'wrote off the key of this device: rows that have not come are no longer waited for',
    fields: {
      key: { zh: '公钥指纹', en: 'Thumbprint of the key' },
      reason: { zh: '原因', en: 'Reason' },
    },
  },
} as const satisfies ActsOfDomain;
