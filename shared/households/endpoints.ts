import type { Place } from '../api-base.ts';

export const endpoints = {
  'households.list': 'GET /households',
  'households.groups': 'GET /households/groups',
  'households.nextNumber': 'GET /households/next-number',
  'households.export': 'GET /households/export/:format',
  'households.pinSlips': 'GET /households/pins',
  'households.makePins': 'POST /households/pins',
  'households.takePinSlips': 'POST /households/pins/taken',
  'households.create': 'POST /households',
  'households.get': 'GET /households/:id',
  'households.update': 'PATCH /households/:id',
  'households.passbook': 'GET /households/:id/passbook',
  'households.balanceOn': 'GET /households/:id/balance',
  'households.resetPin': 'POST /households/:id/pin',
  'households.phones': 'GET /households/:id/phones',
  'households.endPhone': 'POST /households/:id/phones/:phoneId/end',
  'households.reopen': 'POST /households/:id/reopening',
  'households.issueCard': 'POST /households/:id/cards',
  'households.revokeCard': 'POST /households/:id/cards/revoke',
} as const satisfies Record<string, Place>;
