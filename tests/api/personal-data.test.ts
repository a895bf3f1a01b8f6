import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kit } from '../../db/sqlite/kit.ts';
import { defineTables } from '../../db/tables/index.ts';
import { personalData } from '../../db/tables/personal-data.ts';
import { addDays, businessDay } from '../../shared/business-day.ts';
import type { KeptTold } from '../../shared/changes/told-change.ts';
import type { HouseholdChange } from '../../shared/proposals/states.ts';
import { capOf } from '../support/capped.ts';
import { typePin } from '../support/pins.ts';
import { newCardCode, withCard } from '../support/presence.ts';
import { today } from '../support/sample-parts.ts';
import { type Furnished, furnish, ruleSample } from '../support/samples.ts';
import { jpeg } from '../support/jpeg.ts';
import { ageThing, handIn } from '../support/second-person.ts';
import { type Caller, newKey, startTestServer, type TestServer } from '../support/server.ts';
import { givePoints } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

type Row = Readonly<Record<string, unknown>>;

const HEAD = '欧阳春燕';
const OTHER = { head: '诸葛铁柱', phone: '13911112222', note: '隔壁的话', group: '第八组' };
const ORIGIN = { head: '令狐大山', note: '老宅那边', group: '第九组' };

const moment = (atMs: unknown) =>
  new Date((atMs as number) + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
const points = (hundredths: unknown) => (hundredths as number) / 100;
const same = (value: unknown) => value;

/** How a value of a column stands in the file; null: this row's says nothing. A text: why none of it does. */
type Way = string | ((value: unknown, id: string) => unknown);

/**
 * Every column about a household or about whoever it may be. A new one fails the test below until it is exported,
 * and said here how, or excused.
 */
const WAYS: Readonly<Record<string, Way>> = {
  'balances.balance': points,
  'postings.amount': points,
  'postings.balanceAfter': points,
  'journalFacts.value': same,
  'journalTexts.body': (value) => leaves(JSON.parse(value as string)),
  'donations.donor': 'about donors, who are no households',
  'donations.isNamed': 'about donors, who are no households',
  'households.number': same,
  'households.numberKey': 'the number, spelled for sorting',
  'households.originalNumber': same,
  'households.originalKey': 'the original number, spelled for searching',
  'households.groupName': same,
  'households.head': same,
  'households.headPinyin': same,
  'households.size': same,
  'households.phone': same,
  'households.note': same,
  'households.state': (value) => (value === 'closed' ? '已停用' : '在用'),
  'households.pinHash': 'a hash; that there is a PIN is said',
  'households.pinSetAtMs': 'ends with the PIN; the file says it while there is one',
  'pinSlips.sealed': 'encrypted, for a day; that there is a PIN is said',
  'households.showsName': (value) => (value === true ? '是' : '否'),
  'households.goalGoodsId': () => '本大米',
  'households.closedAtMs': moment,
  'households.successorId': () => '转给了另一户（见存折）',
  'households.createdAtMs': moment,
  'cards.code': (value) => `${'*'.repeat(String(value).length - 4)}${String(value).slice(-4)}`,
  'cards.issuedAtMs': moment,
  'cards.revokedAtMs': moment,
  'cards.printedAtMs': moment,
  'staff.householdIds': () => 's**',
  'volunteers.householdIds': () => '郑*四',
  'sessions.refreshHash': 'a hash',
  'sessions.createdAtMs': moment,
  'sessions.expiresAtMs': moment,
  'sessions.spentAtMs': 'of log-ins of staff alone',
  'sessions.revokedAtMs': moment,
  'sessions.device': () => '安卓手机 · 微信',
  'sessions.helper': same,
  'accountMonths.amount': 'a sum of the amounts in its passbook',
  'awardMonths.awards': 'a count of the awards in its passbook',
  'authFailures.subject': () => '手机，扫卡',
  'authFailures.failures': same,
  'authFailures.lockedUntilMs': (value) => (value === 0 ? null : moment(value)),
  'authFailures.updatedAtMs': moment,
  'commands.inputHash': 'a hash',
  'commands.response': 'what was answered, told from where it is kept; may be about others',
  'proposals.kind': (value) => ({ award: '加分', merge: '并户' })[value as string] ?? null,
  'proposals.ruleId': () => ['本A1 本', '本B2 升学'],
  'proposals.points': points,
  'proposals.note': same,
  'proposals.option': same,
  'proposals.member': same,
  'proposals.event': same,
  'proposals.reason': same,
  'proposals.pictureIds': same,
  'proposals.change': (value, id) => {
    const change = value as HouseholdChange;
    return change.kind === 'split' && change.fresh.id === id
      ? [change.fresh.head, change.fresh.group, change.fresh.phone, change.fresh.number]
      : null;
  },
  'proposalEvents.reason': same,
  'redemptions.points': points,
  'redemptionLines.goodsId': 'its name is there',
  'redemptionLines.name': same,
  'redemptionLines.quantity': same,
  'outboxRows.body': 'as its redemption has it',
  'outboxRows.amount': 'as its redemption has it',
  'outboxRows.remark': 'the act of the settlement has it',
  'returns.points': points,
  'returnLines.goodsId': 'its name is there',
  'returnLines.quantity': same,
  'imports.bytes': 'papers of a whole village, gone within days',
  'imports.reading': 'as its bytes',
  'changes.input': 'what it would do is told',
  'changes.told': (value) => Object.values((value as KeptTold).facts),
  'changes.reason': same,
  'changes.note': same,
  'reminders.ruleId': 'its code and wording are there',
  'reminders.words': same,
  'objections.name': 'of objections on paper, which are no household’s; erased where it names one',
  'objections.words': same,
  'objectionEvents.reason': same,
  'reports.words': same,
  'reports.reason': same,
  'attendances.member': same,
  'attendances.hoursReason': same,
  'attendances.lateReason': same,
  'attendances.leftOutReason': same,
  'signatures.remark': 'said of the books by a supervisor; erased where it names the household',
  'stagedRows.value': 'rows on their way to where they are told from, gone within seconds',
  'pictures.bytes': (value) =>
    `data:image/jpeg;base64,${Buffer.from(value as Uint8Array).toString('base64')}`,
};

/** Values of the file, however deep. */
function leaves(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(leaves) : [value];
}

test('each column about a household is exported or excused', () => {
  const columns = Object.entries(personalData(defineTables(kit))).flatMap(([table, own]) =>
    Object.entries(own).flatMap(([column, kind]) =>
      /^(?:household|anybody) until/.test(kind) ? [`${table}.${column}`] : [],
    ),
  );
  expect(Object.keys(WAYS).sort()).toEqual(columns.sort());
});

describe.each(ENGINES)('one household’s personal data on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('as a file', () => {
    let server: TestServer;
    let at: Furnished;
    let committee: Caller;
    let approver: Caller;
    let id = '';
    let otherId = '';
    let originId = '';
    let ownPhotoId = '';
    let sharedPhotoId = '';
    let phone: Caller;
    let helper: Caller;
    let pin = '';
    let card = '';

    const decide = (action: 'approve' | 'return', ids: string[], reason = '') =>
      server.must('proposals.decide', { as: approver, body: { action, ids, reason } });
    const addPhoto = async () =>
      (await server.must('pictures.add', { as: committee, params: { purpose: 'evidence' }, body: jpeg() }))
        .id;
    const propose = async (householdIds: string[], deed: object) =>
      (
        await server.must('proposals.create', {
          as: committee,
          body: { ruleId: at.ruleId, points: 90_025, householdIds, ...deed },
        })
      ).ids;
    const redeem = async (householdId: string, quantity: number) =>
      server.must('kiosk.redeem', {
        as: at.kiosk,
        body: await withCard(server, at.kiosk, {
          householdId,
          lines: [{ goodsId: at.goodsId, quantity }],
          expectedPoints: quantity * 100,
        }),
      });
    const file = async (as: Caller = committee, householdId = id) => {
      const got = await server.call('households.personalData', { as, params: { id: householdId } });
      return read(got);
    };
    async function read({ status, headers, data }: { status: number; headers: Headers; data: Blob }) {
      expect(status).toBe(200);
      const text = await data.text();
      return { text, headers, said: JSON.parse(text) as Readonly<Record<string, unknown>> };
    }

    beforeAll(async () => {
      server = await startTestServer(engine);
      at = await furnish(server, server, '本');
      committee = await server.asStaff('committee');
      approver = await server.asStaff('approver');
      const as = server.admin;
      originId = (await server.must('households.create', { as, body: ORIGIN })).id;
      otherId = (await server.must('households.create', { as, body: OTHER })).id;
      const fresh = { head: HEAD, group: '第七组', size: 6, phone: '13900007321', number: '7-321' };
      const split = await server.must('households.proposeChange', {
        as: committee,
        params: { id: originId },
        body: { kind: 'split', fresh, points: 0, reason: '令狐家分家' },
      });
      await decide('approve', [split.id]);
      const { items } = await server.must('households.list', { as, query: { q: HEAD } });
      id = items[0]?.id ?? '';
      await server.must('households.update', {
        as,
        params: { id },
        body: { note: '东头第三排', showsName: true, originalNumber: 'LH-0321' },
      });
      await refuseOtherHead();
      await server.asStaff('supervisor', { householdIds: [id] });
      await server.must('volunteers.create', { as, body: { name: '郑小四', householdIds: [id] } });
      await fillAccount();
      await fillLogIns();
      await fillWorkday();
      await fillOther();
    });
    afterAll(() => server.remove());

    /** A change of its head that waited for a second person, who did not agree. */
    async function refuseOtherHead(): Promise<void> {
      await ageThing(server, 'households', id);
      const sent = { as: committee, params: { id }, body: { head: '欧阳小春' }, reason: '父亲不在了' };
      const change = await handIn(server, 'households.update', sent);
      const body = { note: '先看户口本' };
      await server.must('changes.refuse', { as: approver, params: { id: change.id }, body });
    }

    async function fillAccount(): Promise<void> {
      ownPhotoId = await addPhoto();
      sharedPhotoId = await addPhoto();
      await decide('return', await propose([id], { note: '没写清' }), '照片里认不出她');
      await decide('approve', await propose([id], { note: '帮刘大娘挑水', pictureIds: [ownPhotoId] }));
      const deed = { note: '一起修渠', pictureIds: [sharedPhotoId], points: 12_350 };
      await decide('approve', await propose([id, otherId], deed));
      const caps = [
        capOf('year', { scope: 'member', times: 2 }),
        capOf('ever', { scope: 'event', times: 1 }),
      ];
      const list = { pointsMode: 'list' as const, points: null, pointsMin: null, pointsMax: null };
      const options = [
        { name: '技工班', points: 30_025 },
        { name: '师范专科', points: 90_025 },
      ];
      const body = { ...ruleSample('本B2', '升学'), ...list, options, caps };
      const { id: ruleId } = await server.must('rules.create', { as: server.admin, body });
      const words = { member: '小孙女兰兰', event: '第三中学录取', option: '师范专科' };
      await decide('approve', await propose([id], { ...words, ruleId, note: '通知书看过' }));
      const taken = await redeem(id, 3);
      const { presence } = await withCard(server, at.kiosk, { householdId: id });
      await server.must('kiosk.return', {
        as: at.kiosk,
        params: { id: taken.id },
        body: { lines: [{ goodsId: at.goodsId, quantity: 1 }], presence: presence ?? '' },
      });
      const seen = (ownerId: string, value: string) => ({ name: 'seen', ownerId, value });
      await givePoints(server, id, 100, server.id, [
        seen(id, '邻居马大嫂认出'),
        { ...seen(otherId, '隔壁的话'), name: 'told' },
      ]);
    }

    async function fillLogIns(): Promise<void> {
      const as = committee;
      card = await newCardCode(server, id, as);
      const { items } = await server.must('cards.sheet', { as, body: { householdIds: [id] } });
      const cards = items.map(({ householdId, issuedAtMs }) => ({ householdId, issuedAtMs }));
      await server.must('cards.markPrinted', { as, body: { cards } });
      pin = await typePin(server, id, as);
      const headers = { 'User-Agent': 'Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0' };
      const open = async (own: object) => {
        const { token } = await server.must('me.login', { headers, body: { card, pin, ...own } });
        return { id, headers: { Authorization: `Household ${token}` } };
      };
      phone = await open({});
      helper = await open({ helper: '外孙女小雅' });
      await server.must('me.setGoal', { as: phone, body: { goodsId: at.goodsId } });
      const objecting = { kind: 'complaint', words: '春燕家的事没有人管' } as const;
      const made = await server.must('objections.make', { as: phone, body: objecting });
      const { reminders } = at;
      const dueOn = addDays(businessDay(server.clock.nowMs, 'Asia/Shanghai'), 3);
      const about = { householdId: id, ruleId: reminders.ruleId, words: '春燕家门口堆了柴草', dueOn };
      await server.must('deductions.remind', { as: committee, body: about });
      const reply = { outcome: 'rejected', reason: '上门说过了' } as const;
      await server.must('objections.answer', { as: approver, params: { id: made.id }, body: reply });
      const { ruleId } = at.reports;
      const reporting = { kind: 'own', ruleId, day: today(), words: '春燕把门前的沟通了' } as const;
      const reported = await server.must('reports.make', { as: phone, body: reporting });
      const refusal = { reason: '沟是组里请人通的' };
      const seenBy = { as: committee, params: { id: reported.id } };
      await server.must('reports.notAccept', { ...seenBy, body: refusal });
      for (let times = 0; times < 6; times += 1)
        await server.call('me.login', { body: { card, pin: pin === '111222' ? '222111' : '111222' } });
    }

    /** Somebody of the household is entered late at a closed event, gets fewer hours and is left out. */
    async function fillWorkday(): Promise<void> {
      const as = committee;
      const params = { id: at.workdays.closed };
      const late = { householdId: id, member: '大孙子春生', minutes: 120, reason: '春生忘带卡' };
      const handed = await handIn(server, 'workdays.signLate', { as, params, body: late });
      await server.must('changes.agree', {
        ...{ as: approver, params: { id: handed.id } },
        body: { mark: handed.mark },
      });
      const { attendances } = await server.must('workdays.get', { as, params });
      const attendanceId = attendances[0]?.id ?? '';
      const fewer = { attendanceId, minutes: 60, reason: '春生先回家了' };
      await server.must('workdays.setHours', { as, params, body: fewer });
      const out = { attendanceId, isLeftOut: true, reason: '春生不要分' };
      await server.must('workdays.leaveOut', { as, params, body: out });
    }

    /** The same of another household, so that each part could mix the two up. */
    async function fillOther(): Promise<void> {
      const as = committee;
      const code = await newCardCode(server, otherId, as);
      const theirs = await typePin(server, otherId, as);
      await server.must('me.login', { body: { card: code, pin: theirs, helper: '诸葛小妹' } });
      await decide('approve', await propose([otherId], { note: '诸葛家的事', points: 77_700 }));
      await redeem(otherId, 171);
    }

    /** Rows that are this household's, table by table. */
    async function rowsOf(): Promise<Readonly<Record<string, Row[]>>> {
      return server.store.read(async ({ db, t }) => {
        const all = Object.fromEntries(
          await Promise.all(
            Object.entries(t).map(
              async ([name, table]) => [name, (await db.select().from(table as never)) as Row[]] as const,
            ),
          ),
        );
        const of = (table: string, fits: (row: Row) => boolean) => (all[table] ?? []).filter(fits);
        const names = (value: unknown) => JSON.stringify(value ?? null).includes(id);
        const accounts = of('accounts', (row) => names(row.id));
        const isOnTheirs = ({ villageId, accountNumber }: Row) =>
          accounts.some((one) => one.villageId === villageId && one.number === accountNumber);
        const postings = of('postings', isOnTheirs);
        const numbers = new Set(postings.map(({ number }) => number));
        const proposals = of('proposals', ({ householdId }) => householdId === id);
        const proposalIds = new Set(proposals.map((row) => row.id));
        const touching = of('proposals', ({ change, householdId }) => householdId !== id && names(change));
        const redemptions = of('redemptions', ({ householdId }) => householdId === id);
        const handedOut = new Set(redemptions.map((row) => row.journalNumber));
        const returns = of('returns', ({ householdId }) => householdId === id);
        const cameBack = new Set(returns.map((row) => row.journalNumber));
        const objectionIds = new Set(
          of('objections', ({ householdId }) => householdId === id).map((row) => row.id),
        );
        return {
          postings,
          returns,
          returnLines: of('returnLines', ({ journalNumber }) => cameBack.has(journalNumber)),
          proposals: [...proposals, ...touching.map(({ kind, change }) => ({ kind, change }))],
          redemptions,
          reminders: of('reminders', ({ householdId }) => householdId === id),
          objections: of('objections', ({ householdId }) => householdId === id),
          objectionEvents: of('objectionEvents', ({ objectionId }) => objectionIds.has(objectionId)),
          reports: of('reports', ({ reporterId }) => reporterId === id),
          attendances: of('attendances', ({ householdId }) => householdId === id),
          changes: of('changes', ({ householdId }) => householdId === id),
          balances: of('balances', isOnTheirs),
          journalFacts: of('journalFacts', ({ ownerId }) => ownerId === id),
          journalTexts: of('journalTexts', ({ number }) => numbers.has(number)),
          households: of('households', (row) => row.id === id),
          cards: of('cards', ({ householdId }) => householdId === id),
          staff: of('staff', ({ householdIds }) => names(householdIds)),
          volunteers: of('volunteers', ({ householdIds }) => names(householdIds)),
          sessions: of('sessions', ({ subjectId }) => subjectId === id),
          authFailures: of('authFailures', ({ subject }) => names(subject)),
          proposalEvents: of('proposalEvents', ({ proposalId }) => proposalIds.has(proposalId)),
          redemptionLines: of('redemptionLines', ({ journalNumber }) => handedOut.has(journalNumber)),
          pictures: of('pictures', (row) => row.id === ownPhotoId),
        };
      });
    }

    test('is a download nobody keeps, the same for the office and the household itself', async () => {
      const desk = await file();
      expect(desk.headers.get('Content-Disposition')).toContain(encodeURIComponent('前洼村-农户资料-7-321-'));
      expect(desk.headers.get('Content-Type')).toBe('application/json; charset=utf-8');
      expect(desk.headers.get('Cache-Control')).toBe('no-store');
      expect(Object.keys(desk.said)[0]).toBe('这是什么');
      expect(desk.said['这是什么']).toContain('7-321 欧阳春燕');
      const own = await read(await server.call('me.personalData', { as: phone }));
      expect(own.said).toEqual(desk.said);
    });

    test('is for the household itself and those who keep its data', async () => {
      expect(await server.refused('me.personalData', { as: helper })).toBe('me.helper');
      for (const role of ['approver', 'supervisor', 'shopkeeper'] as const)
        expect(
          await server.refused('households.personalData', {
            as: await server.asStaff(role),
            params: { id },
          }),
        ).toBe('auth.forbidden');
      const { admin } = await server.addVillage('彼村');
      expect(await server.refused('households.personalData', { as: admin, params: { id } })).toBe(
        'household.not_found',
      );
    });

    test('says no word of another household, and nothing that opens an account', async () => {
      const { text, said } = await file();
      const foreign = [...Object.values(OTHER), ...Object.values(ORIGIN), '令狐', '诸葛', otherId, originId];
      expect(foreign.filter((word) => text.includes(word))).toEqual([]);
      expect(leaves(said)).not.toContain(77_700 / 100);
      expect(leaves(said)).not.toContain(171);
      const { sessions, households } = await rowsOf();
      const hashes = [...(sessions ?? []), ...(households ?? [])].flatMap(({ refreshHash, pinHash }) =>
        [refreshHash, pinHash].flatMap((hash) => (typeof hash === 'string' ? [hash] : [])),
      );
      const secrets = [card, ...hashes];
      expect(secrets.length).toBeGreaterThan(3);
      expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
      // A photo with two families on it is named and not handed to either.
      expect(said['照片']).toEqual([
        expect.objectContaining({ 编号: ownPhotoId, 照片: expect.stringContaining('data:image/jpeg') }),
        expect.objectContaining({ 编号: sharedPhotoId, 说明: expect.stringContaining('别户') }),
      ]);
    });

    test('has every column that is about it', async () => {
      const merge = await server.must('households.proposeChange', {
        as: committee,
        params: { id },
        body: { kind: 'merge', intoId: originId, reason: '又并回去' },
      });
      // Closing forgets wrong tries: what is counted is looked at before.
      const before = { said: await file(), rows: await rowsOf() };
      await decide('approve', [merge.id]);
      const after = { said: await file(), rows: await rowsOf() };
      const bare: string[] = [];
      for (const [column, way] of Object.entries(WAYS)) {
        if (typeof way === 'string') continue;
        const [table = '', field = ''] = column.split('.');
        const { said, rows } = table === 'authFailures' || field === 'goalGoodsId' ? before : after;
        const there = new Set(leaves(said.said));
        const shown = (rows[table] ?? [])
          .map((row) => row[field])
          .filter((value) => value !== null && value !== undefined && value !== '')
          .flatMap((value) => leaves(way(value, id)).filter((leaf) => leaf !== null));
        if (shown.length === 0) bare.push(column);
        for (const leaf of shown) if (!there.has(leaf)) bare.push(`${column}: ${JSON.stringify(leaf)}`);
      }
      expect(bare).toEqual([]);
    });

    test('after an erasure is only what is left', async () => {
      const ask = await server.must('households.proposeErasure', {
        as: committee,
        key: newKey(),
        params: { id },
        body: { reason: '本户要求' },
      });
      await decide('approve', [ask.id]);
      const { text, said } = await file();
      const gone = [
        HEAD,
        'ouyang',
        '13900007321',
        '东头第三排',
        '第七组',
        '帮刘大娘挑水',
        '小孙女兰兰',
        '第三中学录取',
        '师范专科',
        '外孙女小雅',
        '父亲不在了',
      ];
      expect(
        [...gone, '马大嫂', '照片里认不出她', 'base64', '安卓'].filter((word) => text.includes(word)),
      ).toEqual([]);
      expect(said).toMatchObject({
        农户: { 户号: '7-321', 户主: '（已删除）', 电话: null, 状态: '已停用' },
        ...{ 积分卡: [], 手机登录: [], 输错密码: [], 照片: [], 申报为本户家人或亲属的工作人员: [] },
      });
      expect(leaves(said['存折'])).toContain(900.25);
    });
  });
});
