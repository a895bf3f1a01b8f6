import type { Example } from './define.ts';

/** A village is set up, people come to work in it, and households get their accounts. */
export const beginning: readonly Example[] = [
  { name: 'not-set-up', id: 'setup.status' },
  {
    name: 'setup',
    id: 'setup.create',
    body: {
      village: { name: '谷旦村', town: '谷旦镇' },
      admin: { displayName: '王芳', username: 'wangfang', password: 'wheat-and-plum-rain' },
    },
  },
  { name: 'demo', id: 'setup.demo', body: {}, alone: true },
  {
    name: 'log-in',
    id: 'session.login',
    body: { username: 'wangfang', password: 'wheat-and-plum-rain' },
  },
  {
    name: 'wrong-password',
    id: 'session.login',
    body: { username: 'wangfang', password: 'wheat-and-plum' },
    refused: 'auth.wrong',
  },
  { name: 'renewed', id: 'session.refresh', body: {} },
  { name: 'who-am-i', id: 'session.me', as: 'admin' },
  {
    name: 'committee',
    id: 'staff.create',
    as: 'admin',
    body: { username: 'lixiuying', displayName: '李秀英', roles: ['committee'] },
  },
  {
    name: 'approver',
    id: 'staff.create',
    as: 'admin',
    body: { username: 'zhaotiezhu', displayName: '赵铁柱', roles: ['committee', 'approver'] },
  },
  {
    name: 'first-log-in',
    id: 'session.login',
    body: { username: 'lixiuying', password: '$committee.oneTimePassword' },
  },
  {
    name: 'own-password',
    id: 'session.changePassword',
    as: 'committee',
    body: { current: '$committee.oneTimePassword', next: 'persimmons-in-october' },
  },
  {
    name: 'new-password',
    id: 'staff.resetPassword',
    as: 'admin',
    params: { id: '$approver.staff.id' },
    body: {},
  },
  {
    name: 'staff-changed',
    id: 'staff.update',
    as: 'admin',
    params: { id: '$approver.staff.id' },
    body: { roles: ['approver'] },
  },
  {
    name: 'log-in-approver',
    id: 'session.login',
    body: { username: 'zhaotiezhu', password: '$new-password.oneTimePassword' },
  },
  {
    name: 'own-password-approver',
    id: 'session.changePassword',
    as: 'approver',
    body: { current: '$new-password.oneTimePassword', next: 'three-bags-of-flour' },
  },
  { name: 'staff', id: 'staff.list', as: 'admin' },
  { name: 'village', id: 'village.get', as: 'admin' },
  {
    name: 'village-changed',
    id: 'village.update',
    as: 'admin',
    body: { settings: { shopHours: '周六 8:00–11:30', pointValueFen: 100 } },
  },
  { name: 'no-balances', id: 'village.noteStep', as: 'admin', body: { step: 'balances' } },
];
