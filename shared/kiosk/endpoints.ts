import type { Place } from '../api-base.ts';

export const endpoints = {
  'kiosks.list': 'GET /kiosks',
  'kiosks.create': 'POST /kiosks',
  'kiosks.update': 'PATCH /kiosks/:id',
  'kiosks.newCode': 'POST /kiosks/:id/code',
  'kiosks.revoke': 'POST /kiosks/:id/revoke',
  'volunteers.list': 'GET /volunteers',
  'volunteers.create': 'POST /volunteers',
  'volunteers.update': 'PATCH /volunteers/:id',
  'kiosk.pair': 'POST /kiosk/pairing',
  'kiosk.state': 'GET /kiosk',
  'kiosk.signIn': 'POST /kiosk/shift',
  'kiosk.signOut': 'POST /kiosk/shift/end',
  'kiosk.goods': 'GET /kiosk/goods',
  'kiosk.lookup': 'POST /kiosk/lookup',
  'kiosk.find': 'POST /kiosk/search',
  'kiosk.checkPin': 'POST /kiosk/pin',
  'kiosk.statement': 'POST /kiosk/statement',
  'kiosk.redeem': 'POST /kiosk/redemptions',
  'kiosk.undo': 'POST /kiosk/redemptions/:id/undo',
  'kiosk.recent': 'GET /kiosk/redemptions',
} as const satisfies Record<string, Place>;
