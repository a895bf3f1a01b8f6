import type { ActsOfDomain } from '../acts/act-spec.ts';

const certificateFields = {
  names: { zh: '名字和地址', en: 'Names and addresses' },
  until: { zh: '用到', en: 'Good until', unit: 'moment' },
} as const;

export const acts = {
  'https.authority_made': {
    zh: '给村里办了签证书的根证书，各台设备要装它',
    en: 'made the village’s own authority, which devices have to install',
    fields: {
      fingerprint: { zh: '指纹', en: 'Fingerprint' },
      until: certificateFields.until,
    },
  },
  'https.certificate_made': {
    zh: '办了安全连接的证书',
    en: 'made the certificate for https',
    fields: certificateFields,
  },
  'https.certificate_brought': {
    zh: '换上了村里另外办的证书',
    en: 'brought a certificate from elsewhere for https',
    fields: certificateFields,
  },
  'https.certificate_dropped': {
    zh: '停用了另外办的证书，改用自己办的',
    en: 'put away the certificate from elsewhere; the one made here counts again',
    fields: certificateFields,
  },
} as const satisfies ActsOfDomain;
