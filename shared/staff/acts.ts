import type { ActsOfDomain } from '../acts/act-spec.ts';

export const acts = {
  'staff.confirmed': {
    zh: '确认了账号',
    en: 'confirmed the account',
    fields: { roles: { zh: '身份', en: 'Roles', unit: 'roles' } },
  },
} as const satisfies ActsOfDomain;
