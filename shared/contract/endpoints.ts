/**
 * Every endpoint: its name, method and path. Plain data, so that the smallest client can bundle it. What goes
 * in and comes out is in the schema files beside this one; who may call is in `access`.
 */
export const API_BASE = '/api/v1';

type Place = `${'GET' | 'POST' | 'PATCH'} /${string}`;

/** What households and passers-by ask for: the smallest pages load these alone. */
export const OPEN_ENDPOINTS = {
  'setup.status': 'GET /setup',

  'me.login': 'POST /me/session',
  'me.logout': 'POST /me/session/end',
  'me.view': 'GET /me',
  'me.passbook': 'GET /me/passbook',
  'me.months': 'GET /me/months',
  'me.goods': 'GET /me/goods',
  'me.setGoal': 'POST /me/goal',
  'me.phones': 'GET /me/phones',
  'me.endPhone': 'POST /me/phones/:id/end',
  'me.personalData': 'GET /me/personal-data',

  'board.villages': 'GET /board',
  'board.view': 'GET /board/:villageId',
} as const satisfies Record<string, Place>;

export const ENDPOINTS = {
  'system.health': 'GET /health',
  'system.ready': 'GET /ready',

  'setup.create': 'POST /setup',
  'setup.demo': 'POST /setup/demo',

  'session.login': 'POST /session',
  'session.refresh': 'POST /session/refresh',
  'session.logout': 'POST /session/logout',
  'session.me': 'GET /session',
  'session.changePassword': 'POST /session/password',

  'village.get': 'GET /village',
  'village.update': 'PATCH /village',
  'village.summary': 'GET /village/summary',
  'village.dashboard': 'GET /village/dashboard',

  'notices.view': 'GET /notices',

  'staff.list': 'GET /staff',
  'staff.create': 'POST /staff',
  'staff.update': 'PATCH /staff/:id',
  'staff.resetPassword': 'POST /staff/:id/password',

  'households.list': 'GET /households',
  'households.groups': 'GET /households/groups',
  'households.export': 'GET /households/export/:format',
  'households.create': 'POST /households',
  'households.get': 'GET /households/:id',
  'households.update': 'PATCH /households/:id',
  'households.passbook': 'GET /households/:id/passbook',
  'households.balanceOn': 'GET /households/:id/balance',
  'households.issueCard': 'POST /households/:id/cards',
  'households.revokeCard': 'POST /households/:id/cards/revoke',
  'households.resetPin': 'POST /households/:id/pin',
  'households.phones': 'GET /households/:id/phones',
  'households.endPhone': 'POST /households/:id/phones/:phoneId/end',
  'households.proposeChange': 'POST /households/:id/changes',
  'households.personalData': 'GET /households/:id/personal-data',
  'households.proposeErasure': 'POST /households/:id/erasure',
  'households.reopen': 'POST /households/:id/reopening',
  'cards.list': 'GET /cards',
  'cards.markPrinted': 'POST /cards/printed',

  'imports.read': 'POST /imports/:kind',
  'imports.get': 'GET /imports/:id',
  'imports.correct': 'POST /imports/:id/correct',
  'imports.commit': 'POST /imports/:id/commit',

  'rules.list': 'GET /rules',
  'rules.create': 'POST /rules',
  'rules.update': 'PATCH /rules/:id',
  'rules.versions': 'GET /rules/:id/versions',

  'proposals.list': 'GET /proposals',
  'proposals.batches': 'GET /proposals/batches',
  'proposals.habits': 'GET /proposals/habits',
  'proposals.standing': 'GET /proposals/standing',
  'proposals.create': 'POST /proposals',
  'proposals.correct': 'POST /proposals/corrections',
  'proposals.createReversal': 'POST /proposals/reversals',
  'proposals.decide': 'POST /proposals/decisions',
  'proposals.get': 'GET /proposals/:id',

  'pictures.add': 'POST /pictures/:purpose',
  'pictures.get': 'GET /pictures/:id',
  'pictures.ofGoods': 'GET /pictures/goods/:villageId/:id',

  'goods.list': 'GET /goods',
  'goods.create': 'POST /goods',
  'goods.update': 'PATCH /goods/:id',
  'goods.stockIn': 'POST /goods/:id/stock',
  'goods.stocktake': 'POST /goods/:id/stocktake',

  'kiosks.list': 'GET /kiosks',
  'kiosks.create': 'POST /kiosks',
  'kiosks.update': 'PATCH /kiosks/:id',
  'kiosks.newCode': 'POST /kiosks/:id/code',
  'kiosks.revoke': 'POST /kiosks/:id/revoke',
  'volunteers.list': 'GET /volunteers',
  'volunteers.create': 'POST /volunteers',
  'volunteers.update': 'PATCH /volunteers/:id',

  'ledger.entries': 'GET /ledger/entries',
  'ledger.actors': 'GET /ledger/actors',
  'ledger.entry': 'GET /ledger/entries/:number',
  'ledger.trialBalance': 'GET /ledger/trial-balance',
  'ledger.verify': 'POST /ledger/verifications',
  'ledger.lastVerification': 'GET /ledger/verifications/last',
  'ledger.export': 'GET /ledger/export/:format',

  'backups.list': 'GET /backups',
  'backups.make': 'POST /backups',
  'backups.beginUpload': 'POST /backups/uploads',
  'backups.addPiece': 'POST /backups/uploads/:upload/pieces',
  'backups.endUpload': 'POST /backups/uploads/:upload/end',
  'backups.dropUpload': 'POST /backups/uploads/:upload/drop',
  'backups.restoring': 'GET /backups/restoring',
  'backups.download': 'POST /backups/:name/file',
  'backups.restore': 'POST /backups/:name/restoration',

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

  ...OPEN_ENDPOINTS,
} as const satisfies Record<string, Place>;

export type EndpointId = keyof typeof ENDPOINTS;
