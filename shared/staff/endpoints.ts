import type { Place } from '../api-base.ts';

export const endpoints = {
  'session.login': 'POST /session',
  'session.refresh': 'POST /session/refresh',
  'session.logout': 'POST /session/logout',
  'session.me': 'GET /session',
  'session.changePassword': 'POST /session/password',
  'staff.list': 'GET /staff',
  'staff.create': 'POST /staff',
  'staff.update': 'PATCH /staff/:id',
  'staff.confirm': 'POST /staff/:id/confirmation',
  'staff.resetPassword': 'POST /staff/:id/password',
} as const satisfies Record<string, Place>;
