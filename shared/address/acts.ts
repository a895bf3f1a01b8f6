import type { ActsOfDomain } from '../acts/act-spec.ts';

export const acts = {
  'address.chosen': {
    zh: '定了手机和平板访问的网址',
    en: 'chose the address that phones and tablets open',
    fields: {
      origin: { zh: '网址', en: 'Address' },
      isOwn: { zh: '是本机地址', en: 'Of this machine', unit: 'yesNo' },
      isKept: { zh: '路由器固定了这个地址', en: 'Kept by the router', unit: 'yesNo' },
    },
  },
} as const satisfies ActsOfDomain;
