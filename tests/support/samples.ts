/**
 * A village with something of everything, and for each endpoint what an honest client would send it: the tests
 * that walk over all endpoints start from these.
 */
import { businessDay } from '../../shared/business-day.ts';
import { DEFAULT_SETTINGS } from '../../shared/village/settings.ts';
import { cameraNotes, jpeg } from './jpeg.ts';
import type { EndpointId } from '../../shared/endpoints.ts';
import {
  newKey,
  type Caller,
  type KioskCaller,
  type LooseSent,
  type StaffCaller,
  type TestServer,
  type TestVillage,
} from './server.ts';

export interface Furnished extends TestVillage {
  /** In every name and text of this village, and nowhere else. */
  readonly mark: string;
  readonly staff: StaffCaller;
  readonly household: { readonly id: string; readonly number: string; readonly card: string };
  /** A household nobody has proposed anything about, and one whose account has ended. */
  readonly quietId: string;
  readonly closedId: string;
  readonly ruleId: string;
  readonly goodsId: string;
  readonly kioskId: string;
  readonly volunteerId: string;
  readonly proposalId: string;
  /** The batch the proposal was sent in. */
  readonly batchId: string;
  /** The administrator's own, sent back. */
  readonly returnedId: string;
  readonly evidenceId: string;
  readonly goodsPictureId: string;
  readonly entryNumber: number;
  readonly redemptionId: string;
  readonly importId: string;
  readonly phone: Caller;
  /** Another phone of the household: the one that is ended. */
  readonly otherPhoneId: string;
  readonly kiosk: KioskCaller;
}

const PIN = '482915';
const UPLOAD = 'f'.repeat(24);
const BACKUP = 'jishan-20260101-030000-daily.backup';

/** Fills a village through the API itself. */
export async function furnish(server: TestServer, village: TestVillage, mark: string): Promise<Furnished> {
  const as = village.admin;
  const household = await server.must('households.create', {
    as,
    body: { head: `${mark}王小明`, group: `${mark}一组`, note: mark },
  });
  const { code: card } = await server.must('households.issueCard', { as, params: { id: household.id } });
  const rule = await server.must('rules.create', { as, body: ruleSample(`${mark}A1`, mark) });
  const goods = await server.must('goods.create', { as, body: goodsSample(`${mark}大米`) });
  await server.must('goods.stockIn', {
    as,
    params: { id: goods.id },
    body: { quantity: 500, totalCostFen: 50_000, source: 'bought' },
  });
  const staff = await server.asStaff('committee', { village });
  const approver = await server.asStaff('approver', { village });
  const propose = (proposer: Caller) =>
    server.must('proposals.create', {
      as: proposer,
      body: { ruleId: rule.id, householdIds: [household.id], points: 90_000, note: mark },
    });
  const approved = await propose(staff);
  const decided = await server.must('proposals.decide', {
    as: approver,
    body: { action: 'approve', ids: approved.ids },
  });
  const waiting = await propose(staff);
  const returned = await propose(as);
  await server.must('proposals.decide', {
    as: approver,
    body: { action: 'return', ids: returned.ids, reason: mark },
  });
  const addPicture = async (purpose: 'evidence' | 'goods') =>
    (await server.must('pictures.add', { as, params: { purpose }, body: jpeg() })).id;
  const kiosk = await server.asKiosk(village);
  const redemption = await server.must('kiosk.redeem', {
    as: kiosk,
    body: basketSample(household.id, goods.id),
  });
  const [quiet, closed] = await Promise.all(
    ['静', '迁'].map((head) =>
      server.must('households.create', { as, body: { head: `${mark}${head}`, group: `${mark}一组` } }),
    ),
  );
  const leaving = await server.must('households.proposeChange', {
    as: staff,
    params: { id: closed?.id ?? '' },
    body: { kind: 'departure', toId: null, reason: mark },
  });
  await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: [leaving.id] } });
  const paper = await server.must('imports.read', {
    as,
    params: { kind: 'roster' },
    query: { filename: `${mark}.csv` },
    body: rosterSample(mark),
  });
  const phone = await server.asHousehold(household.id, village);
  await server.asHousehold(household.id, village);
  const { items } = await server.must('me.phones', { as: phone });
  return {
    ...village,
    mark,
    staff,
    household: { id: household.id, number: household.number, card },
    quietId: quiet?.id ?? '',
    closedId: closed?.id ?? '',
    ruleId: rule.id,
    goodsId: goods.id,
    kioskId: kiosk.device.id,
    volunteerId: kiosk.volunteerId,
    proposalId: waiting.ids[0] ?? '',
    batchId: waiting.batchId,
    returnedId: returned.ids[0] ?? '',
    evidenceId: await addPicture('evidence'),
    goodsPictureId: await addPicture('goods'),
    entryNumber: decided.journalNumbers[0] ?? 0,
    redemptionId: redemption.id,
    importId: paper.id,
    phone,
    otherPhoneId: items.find(({ isThis }) => !isThis)?.id ?? '',
    kiosk,
  };
}

/** What an honest client of this village sends; each call gives fresh names where names must be new. */
export function sampleOf(id: EndpointId, at: Furnished): LooseSent {
  return SAMPLES[id](at, newKey().slice(0, 8));
}

const SAMPLES: Readonly<Record<EndpointId, (at: Furnished, fresh: string) => LooseSent>> = {
  'system.health': () => ({}),
  'system.ready': () => ({}),
  'setup.status': () => ({}),
  'setup.create': (_, fresh) => ({
    body: {
      village: { name: '新村', town: '谷旦镇' },
      admin: { displayName: '王芳', username: `u${fresh}`, password: 'three brown hens' },
    },
  }),
  'setup.demo': () => ({ body: {} }),
  'session.login': ({ staff }) => ({ body: { username: staff.username, password: staff.password } }),
  'session.refresh': () => ({ body: {} }),
  'session.logout': () => ({ body: {} }),
  'session.me': () => ({}),
  'session.changePassword': () => ({ body: { current: 'not the password', next: 'three brown hens' } }),
  'village.get': () => ({}),
  'village.update': () => ({ body: { town: '谷旦镇', settings: { shopHours: '周六上午' } } }),
  'village.summary': () => ({}),
  'village.dashboard': () => ({ query: { months: 6 } }),
  'notices.view': () => ({ query: { from: '2026-01-01', to: '2026-01-31' } }),
  'staff.list': () => ({}),
  'staff.create': (_, fresh) => ({
    body: { username: `u${fresh}`, displayName: '李秀英', roles: ['committee'] },
  }),
  'staff.update': ({ staff }) => ({ params: { id: staff.id }, body: { displayName: '李秀英' } }),
  'staff.resetPassword': ({ staff }) => ({ params: { id: staff.id }, body: {} }),
  'households.list': ({ mark }) => ({ query: { q: mark, limit: 20 } }),
  'households.export': ({ mark }) => ({ params: { format: 'csv' }, query: { q: mark } }),
  'households.groups': () => ({}),
  'households.create': (_, fresh) => ({
    body: { head: '赵铁柱', group: '一组', number: `N-${fresh}`, size: 3, note: '' },
  }),
  'households.get': ({ household }) => ({ params: { id: household.id } }),
  'households.update': ({ household }) => ({ params: { id: household.id }, body: { size: 5 } }),
  'households.passbook': ({ household }) => ({ params: { id: household.id }, query: { limit: 10 } }),
  'households.balanceOn': ({ household }) => ({ params: { id: household.id }, query: { on: '2026-01-01' } }),
  'households.issueCard': ({ household }) => ({ params: { id: household.id }, body: {} }),
  'households.revokeCard': ({ household }) => ({ params: { id: household.id }, body: {} }),
  'households.resetPin': ({ household }) => ({ params: { id: household.id }, body: {} }),
  'households.phones': ({ household }) => ({ params: { id: household.id } }),
  'households.endPhone': ({ household, otherPhoneId }) => ({
    params: { id: household.id, phoneId: otherPhoneId },
    body: {},
  }),
  'households.proposeChange': ({ quietId }) => ({
    params: { id: quietId },
    body: { kind: 'split', fresh: { head: '王小强', group: '一组' }, points: 0, reason: '儿子分家' },
  }),
  'households.personalData': ({ household }) => ({ params: { id: household.id } }),
  'households.proposeErasure': ({ closedId }) => ({ params: { id: closedId }, body: { reason: '本户要求' } }),
  'households.reopen': ({ closedId }) => ({ params: { id: closedId }, body: {} }),
  'cards.list': () => ({}),
  'cards.markPrinted': ({ household }) => ({ body: { codes: [household.card] } }),
  'imports.read': ({ mark }) => ({
    params: { kind: 'roster' },
    query: { filename: 'roster.csv' },
    body: rosterSample(mark),
  }),
  'imports.get': ({ importId }) => ({ params: { id: importId } }),
  'imports.correct': ({ importId }) => ({ params: { id: importId }, body: { headerRow: 1 } }),
  'imports.commit': ({ importId }) => ({ params: { id: importId }, body: {} }),
  'rules.list': () => ({}),
  'rules.create': (_, fresh) => ({ body: ruleSample(fresh, '清扫') }),
  'rules.update': ({ ruleId }) => ({ params: { id: ruleId }, body: { evidence: '照片' } }),
  'rules.versions': ({ ruleId }) => ({ params: { id: ruleId } }),
  'proposals.list': () => ({ query: { limit: 10 } }),
  'proposals.batches': () => ({ query: { limit: 10 } }),
  'proposals.habits': () => ({}),
  'proposals.standing': ({ ruleId, household }) => ({ query: { ruleId, householdIds: household.id } }),
  'proposals.create': ({ ruleId, household, evidenceId }) => ({
    body: { ruleId, householdIds: [household.id], points: 100, note: '帮邻居', pictureIds: [evidenceId] },
  }),
  'proposals.correct': ({ returnedId, ruleId, evidenceId }) => ({
    body: {
      ids: [returnedId],
      ruleId,
      points: 300,
      note: '写清楚了',
      effectiveOn: today(),
      pictureIds: [evidenceId],
    },
  }),
  'proposals.createReversal': ({ entryNumber }) => ({ body: { number: entryNumber, reason: '弄错了' } }),
  'proposals.decide': ({ proposalId }) => ({
    body: { action: 'return', ids: [proposalId], reason: '请写清楚' },
  }),
  'proposals.get': ({ proposalId }) => ({ params: { id: proposalId } }),
  'pictures.add': () => ({ params: { purpose: 'evidence' }, body: jpeg({ notes: cameraNotes() }) }),
  'pictures.get': ({ evidenceId }) => ({ params: { id: evidenceId } }),
  'pictures.ofGoods': ({ id, goodsPictureId }) => ({ params: { villageId: id, id: goodsPictureId } }),
  'goods.list': () => ({}),
  'goods.create': (_, fresh) => ({ body: goodsSample(`食盐${fresh}`) }),
  'goods.update': ({ goodsId, goodsPictureId }) => ({
    params: { id: goodsId },
    body: { unit: '袋', pictureId: goodsPictureId },
  }),
  'goods.stockIn': ({ goodsId }) => ({
    params: { id: goodsId },
    body: { quantity: 2, totalCostFen: 2000, source: 'donated', note: '' },
  }),
  'goods.stocktake': ({ goodsId }) => ({ params: { id: goodsId }, body: { counted: 400, reason: '盘点' } }),
  'kiosks.list': () => ({}),
  'kiosks.create': () => ({ body: { name: '二号台' } }),
  'kiosks.update': ({ kioskId }) => ({ params: { id: kioskId }, body: { name: '超市门口' } }),
  'kiosks.newCode': ({ kioskId }) => ({ params: { id: kioskId }, body: {} }),
  'kiosks.revoke': ({ kioskId }) => ({ params: { id: kioskId }, body: {} }),
  'volunteers.list': () => ({}),
  'volunteers.create': (_, fresh) => ({ body: { name: `志愿者${fresh}` } }),
  'volunteers.update': ({ volunteerId }) => ({ params: { id: volunteerId }, body: { newPin: true } }),
  'ledger.entries': () => ({ query: { limit: 10 } }),
  'ledger.actors': () => ({}),
  'ledger.entry': ({ entryNumber }) => ({ params: { number: entryNumber } }),
  'ledger.trialBalance': () => ({}),
  'ledger.verify': () => ({ body: {} }),
  'ledger.lastVerification': () => ({}),
  'ledger.export': () => ({ params: { format: 'csv' } }),
  'backups.list': () => ({}),
  'backups.make': () => ({ body: {} }),
  'backups.restoring': () => ({}),
  'backups.beginUpload': () => ({ body: { bytes: 1000 } }),
  'backups.addPiece': () => ({ params: { upload: UPLOAD }, query: { at: 0 }, body: new Uint8Array(1000) }),
  'backups.endUpload': () => ({ params: { upload: UPLOAD }, body: {} }),
  'backups.dropUpload': () => ({ params: { upload: UPLOAD }, body: {} }),
  // Not the password: what these do ends the walk for all who come after.
  'backups.download': () => ({ params: { name: BACKUP }, body: { password: 'not the password' } }),
  'backups.restore': () => ({
    params: { name: BACKUP },
    body: { password: 'not the password', villageName: '前洼村' },
  }),
  'kiosk.pair': () => ({ body: { code: '0000 0000' } }),
  'kiosk.state': () => ({}),
  'kiosk.signIn': ({ volunteerId, kiosk }) => ({ body: { volunteerId, pin: kiosk.pin } }),
  'kiosk.signOut': () => ({ body: {} }),
  'kiosk.goods': () => ({}),
  'kiosk.lookup': ({ household }) => ({ body: { number: household.number } }),
  'kiosk.find': ({ mark }) => ({ body: { name: mark } }),
  'kiosk.checkPin': ({ household }) => ({ body: { householdId: household.id, pin: PIN } }),
  'kiosk.statement': ({ household }) => ({ body: { card: household.card } }),
  'kiosk.redeem': ({ household, goodsId }) => ({ body: basketSample(household.id, goodsId) }),
  'kiosk.undo': ({ redemptionId }) => ({ params: { id: redemptionId }, body: {} }),
  'kiosk.recent': () => ({}),
  'me.login': ({ household }) => ({ body: { card: household.card, pin: PIN } }),
  'me.logout': () => ({ body: {} }),
  'me.view': () => ({}),
  'me.passbook': () => ({ query: { limit: 10 } }),
  'me.months': () => ({}),
  'me.goods': () => ({}),
  'me.setGoal': ({ goodsId }) => ({ body: { goodsId } }),
  'me.phones': () => ({}),
  'me.endPhone': ({ otherPhoneId }) => ({ params: { id: otherPhoneId }, body: {} }),
  'me.personalData': () => ({}),
  'board.villages': () => ({}),
  'board.view': ({ id }) => ({ params: { villageId: id } }),
};

/** In the villages' time zone. */
function today(): string {
  return businessDay(Date.now(), DEFAULT_SETTINGS.timeZone);
}

/** A rule that is worth what is proposed under it. */
export function ruleSample(code: string, title: string) {
  return {
    code: code.slice(0, 12),
    category: '五美家庭',
    title,
    pointsMode: 'range' as const,
    points: null,
    pointsMin: 100,
    pointsMax: 100_000,
    perUnit: null,
    proposer: '',
    evidence: '',
    limitText: '',
    limitPeriod: null,
    limitTimes: null,
    limitPoints: null,
    enabled: true,
  };
}

export function goodsSample(name: string) {
  return {
    kind: 'goods' as const,
    category: '粮油',
    name,
    unit: '袋',
    price: 100,
    costFen: 100,
    barcode: null,
    monthlyLimit: null,
    enabled: true,
  };
}

function basketSample(householdId: string, goodsId: string) {
  return { householdId, lines: [{ goodsId, quantity: 1 }], expectedPoints: 100 };
}

function rosterSample(mark: string): Uint8Array {
  return Buffer.from(`户号,户主,组别,人口\n101,${mark}孙大娘,${mark}二组,4\n102,${mark}周强,${mark}二组,2\n`);
}
