import type { Example } from '../http/index.ts';

export const examples: readonly Example[] = [
  {
    name: 'supervisor',
    id: 'staff.create',
    as: 'admin',
    body: { username: 'sunyuzhen', displayName: '孙玉珍', roles: ['supervisor'] },
  },
  {
    name: 'supervisor-confirmed',
    id: 'staff.confirm',
    as: 'approver',
    params: { id: '$supervisor.staff.id' },
    body: {},
  },
  {
    name: 'log-in-supervisor',
    id: 'session.login',
    body: { username: 'sunyuzhen', password: '$supervisor.oneTimePassword' },
  },
  {
    name: 'supervisor-password',
    id: 'session.changePassword',
    as: 'supervisor',
    body: { current: '$supervisor.oneTimePassword', next: 'lanterns-over-the-dam' },
  },
  { name: 'to-sign', id: 'signatures.next', as: 'supervisor' },
  {
    name: 'signed',
    id: 'signatures.sign',
    as: 'supervisor',
    body: { kind: 'opening', hash: '$to-sign.opening.hash', remark: '余额合计和纸账对得上' },
  },
  {
    name: 'signed-again',
    id: 'signatures.sign',
    as: 'supervisor',
    body: { kind: 'opening', hash: '$to-sign.opening.hash' },
    refused: 'signature.signed',
  },
  {
    name: 'list-signed',
    id: 'signatures.sign',
    as: 'supervisor',
    body: {
      ...{ kind: 'week', hash: '$to-sign.week.hash' },
      ...{ after: '$to-sign.week.after', through: '$to-sign.week.through' },
    },
  },
  { name: 'signatures', id: 'signatures.list', as: 'committee', query: { limit: 2 } },
  {
    name: 'signed-document',
    id: 'signatures.document',
    as: 'committee',
    params: { kind: 'opening', id: 'opening' },
  },
];
