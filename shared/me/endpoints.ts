import type { Place } from '../api-base.ts';

export const endpoints = {
  'me.login': 'POST /me/session',
  'me.logout': 'POST /me/session/end',
  'me.view': 'GET /me',
  'me.passbook': 'GET /me/passbook',
  'me.months': 'GET /me/months',
  'me.goods': 'GET /me/goods',
  'me.rules': 'GET /me/rules',
  'me.setGoal': 'POST /me/goal',
  'me.changePin': 'POST /me/pin',
  'me.phones': 'GET /me/phones',
  'me.endPhone': 'POST /me/phones/:id/end',
} as const satisfies Record<string, Place>;
