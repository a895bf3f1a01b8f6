import type { ActsOfDomain } from '../acts/act-spec.ts';

export const acts = {
  'outbox.registered': {
    zh: '登记了这台设备签名用的公钥',
    en: 'registered the key by which this device signs',
    fields: { key: { zh: '公钥指纹', en: 'Thumbprint of the key' } },
  },
  'outbox.settled': {
    zh: '对着小票看过没网时发出的一笔，写明了怎么处理',
    en: 'settled what was handed out without network',
    fields: {
      row: { zh: '第几行', en: 'Row' },
      rowId: { zh: '行号', en: 'Id of the row', unit: 'digest' },
      remark: { zh: '怎么处理的', en: 'What came of it' },
    },
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
