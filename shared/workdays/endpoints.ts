import type { Place } from '../api-base.ts';
import { ownEndpoints } from './own-endpoints.ts';

export const endpoints = {
  'workdays.list': 'GET /workdays',
  'workdays.get': 'GET /workdays/:id',
  'workdays.announce': 'POST /workdays',
  'workdays.cancel': 'POST /workdays/:id/cancellation',
  'workdays.signIn': 'POST /workdays/:id/sign-ins',
  'workdays.signOut': 'POST /workdays/:id/sign-outs',
  'workdays.enterList': 'POST /workdays/:id/paper-list',
  'workdays.signLate': 'POST /workdays/:id/late-sign-ins',
  'workdays.setHours': 'POST /workdays/:id/hours',
  'workdays.leaveOut': 'POST /workdays/:id/left-out',
  'workdays.close': 'POST /workdays/:id/closing',
  ...ownEndpoints,
} as const satisfies Record<string, Place>;
