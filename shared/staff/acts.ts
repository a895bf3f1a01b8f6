import type { ActsOfDomain } from '../acts/act-spec.ts';

/** The fields of a person. Declared kin are not among them: each household of theirs is an act of its own. */
const fields = {
  username: { zh: '账号名', en: 'User name' },
  displayName: { zh: '姓名', en: 'Name' },
  roles: { zh: '角色', en: 'Roles', unit: 'roles' },
  disabled: { zh: '已停用', en: 'Disabled', unit: 'yesNo' },
} as const;

const household = { zh: '农户', en: 'Household', unit: 'household' } as const;

export const acts = {
  'staff.created': { zh: '建了工作人员账号', en: 'added a member of staff', fields },
  'staff.changed': { zh: '改了工作人员资料', en: 'changed a member of staff', fields },
  'staff.kin_declared': {
    zh: '登记了本户或亲属户',
    en: 'declared a household of their own or of kin',
    fields: { household },
  },
  'staff.kin_withdrawn': {
    zh: '去掉了登记的本户或亲属户',
    en: 'took back a declared household',
    fields: { household },
  },
  'staff.kin_extended': {
    zh: '同意了分户、并户或迁出，亲属户随之增加',
    en: 'approved a change of a household, by which kin grew',
    fields: { household, from: { zh: '由这一户而来', en: 'Because of', unit: 'household' } },
  },
  'staff.password_reset': { zh: '给这位重设了密码', en: 'set a new password for this person', fields: {} },
  'staff.password_changed': { zh: '改了自己的密码', en: 'changed the own password', fields: {} },
  'staff.confirmed': {
    zh: '确认了账号',
    en: 'confirmed the account',
    fields: { roles: { zh: '身份', en: 'Roles', unit: 'roles' } },
  },
} as const satisfies ActsOfDomain;
