/** A village in which everything was done that can be done, so that each of its columns has a value somewhere. */
import { addDays } from '../../shared/business-day.ts';
import { goodWrite, KEYED_WRITES } from './all-writes.ts';
import { jpeg } from './jpeg.ts';
import { typePin } from './pins.ts';
import { ruleSample, today } from './sample-parts.ts';
import { furnish, type Furnished, goodsSample } from './samples.ts';
import { withSecond } from './second-person.ts';
import type { Caller, StaffCaller, TestServer } from './server.ts';
import { signInAgain } from './shop.ts';

export async function liveOneDay(server: TestServer): Promise<void> {
  const own = await furnish(server, server, '本');
  const approver = await server.asStaff('approver');
  await setEverything(server, own, approver);
  await moveHouseholds(server, own, approver);
  const rows = { rows: [...own.outbox.rows], isEmptyAfter: true };
  await server.must('outbox.send', { as: own.kiosk.device, body: rows });
  await settleRow(server, own, approver);
  await signInLate(server, own, approver);
  await takeOverShift(server, own);
  for (const id of KEYED_WRITES)
    await server.call(
      id,
      (await goodWrite(server, id, { own, approver })) as Parameters<typeof server.call>[1],
    );
}

/** Two people look at a row that came late, with its slip. */
async function settleRow(
  server: TestServer,
  { admin: as, outbox }: Furnished,
  by: StaffCaller,
): Promise<void> {
  const body = { remark: '志愿者不是本村的，问过了' };
  await withSecond(server, 'outbox.settle', { as, by, params: { id: outbox.markedId }, body });
}

/** Two people enter somebody late at an event that is closed, who left early; the awards of this one and of another are proposed. */
async function signInLate(
  server: TestServer,
  { admin: as, staff, household, workdays }: Furnished,
  by: StaffCaller,
): Promise<void> {
  const params = { id: workdays.closed };
  const body = { householdId: household.id, member: '老二', minutes: 120, reason: '卡没带' };
  await withSecond(server, 'workdays.signLate', { as, by, params, body });
  const { attendances } = await server.must('workdays.get', { as, params });
  const fewer = { attendanceId: attendances[0]?.id ?? '', minutes: 60, reason: '早走了' };
  await server.must('workdays.setHours', { as, params, body: fewer });
  for (const id of [workdays.closed, workdays.toClose])
    await server.must('workdays.close', { as: staff, params: { id }, body: { count: 1 } });
}

/** A volunteer counts the shelf at the end of a shift, and the next one agrees to it. */
async function takeOverShift(server: TestServer, { goodsId }: Furnished): Promise<void> {
  const before = await server.asKiosk();
  const counts = [{ goodsId, counted: 7, shown: 7, reason: null, remark: '' }];
  await server.must('kiosk.signOut', { as: before, body: { counts } });
  const { left } = await server.must('kiosk.shiftCounts', { as: before.device });
  const next = await signInAgain(server, before);
  await server.must('kiosk.takeOver', { as: next, body: { countId: left?.count?.id ?? '' } });
}

/** Things with a value in each of their fields. */
async function setEverything(server: TestServer, own: Furnished, by: StaffCaller): Promise<void> {
  const as = own.admin;
  const settings = {
    ...{ pointValueFen: 50, deductionsMayGoBelowZero: true, timeZone: 'Asia/Shanghai' },
    ...{ pinAboveHundredths: 90_000_000, shopPhone: '0391-8765432', shopPlace: '村口' },
  };
  await withSecond(server, 'village.update', { as, by, body: { settings } });
  const points = { pointsMode: 'perUnit' as const, points: 200, perUnit: '小时' };
  const words = { proposer: '组长', evidence: '照片', limitText: '每月两次' };
  const cap = { caps: [{ period: 'month', scope: 'household', times: 2, points: 900 }] } as const;
  const noRange = { pointsMin: null, pointsMax: null };
  await server.must('rules.create', {
    as,
    body: {
      ...{ ...ruleSample('B7', '打扫巷道'), ...points, ...noRange, ...words, ...cap },
      ...{ decidedBy: 'representatives', decidedOn: addDays(today(), -3) },
    },
  });
  const shown = await server.must('pictures.add', { as, params: { purpose: 'goods' }, body: jpeg() });
  const item = await server.must('goods.create', {
    as,
    body: {
      ...goodsSample('花生油'),
      ...{
        barcode: '6901234567892',
        monthlyLimit: 3,
        pictureId: shown.id,
        chosenDrawing: 'oil-jug' as const,
      },
    },
  });
  const nextPrice = { price: 105, from: addDays(today(), 9) };
  await server.must('goods.update', { as, params: { id: item.id }, body: { nextPrice } });
  await server.must('goods.stockIn', {
    as,
    params: { id: item.id },
    body: { quantity: 5, totalCostFen: 5000, source: 'donated', donor: '县工会', thanksDonor: true },
  });
  const volunteer = { name: '郑小四', householdIds: [own.household.id] };
  const made = await server.must('volunteers.create', { as, body: volunteer });
  await server.must('volunteers.update', {
    as,
    params: { id: made.volunteer.id },
    body: { disabled: true },
  });
  // An objection to an entry that stands.
  const objection = { kind: 'objection', entry: own.entryNumber, words: '应该记两分' } as const;
  await server.must('objections.receive', { as, body: objection });
  // Awards of a round wait: nobody who judged decides them.
  await server.must('rounds.close', { as, params: { id: own.rounds.toClose }, body: { leftOut: 0 } });
  // Reports that were dealt with; one more waits.
  const { toTakeUp, toRefuse } = own.reports;
  await server.must('reports.takeUp', { as, params: { id: toTakeUp }, body: { note: '看见的' } });
  const reason = '那天没有人看见';
  await server.must('reports.notAccept', { as, params: { id: toRefuse }, body: { reason } });
  await answerReminders(server, own);
  const clerk = await server.asStaff('committee', { householdIds: [own.household.id] });
  await server.must('staff.update', { as, params: { id: clerk.id }, body: { disabled: true } });
}

/** Reminders that were read, closed, told of and agreed to. */
async function answerReminders(
  server: TestServer,
  { admin: as, phone, reminders }: Furnished,
): Promise<void> {
  const at = (id: string) => ({ params: { id }, body: {} });
  await server.must('deductions.seen', { as: phone, ...at(reminders.toSee) });
  await server.must('deductions.close', { as, ...at(reminders.toClose), body: { end: 'put_right' } });
  await server.must('deductions.tell', { as, ...at(reminders.toTell), body: { way: 'paper' } });
  await server.must('deductions.agree', { as: phone, ...at(reminders.toAgree) });
}

/** Households that part, join, move away and are forgotten, and deeds that are decided one way and the other. */
async function moveHouseholds(server: TestServer, own: Furnished, approver: StaffCaller): Promise<void> {
  const as = own.admin;
  const written = {
    phone: '13900007321',
    note: '东头第三排',
    group: '一组',
    originalNumber: 'SQ-0042',
    size: 4,
  };
  const [parted, joined, left] = await Promise.all(
    ['赵大', '钱二', '孙三'].map((head) =>
      server.must('households.create', { as, body: { ...written, head, originalNumber: `SQ-${head}` } }),
    ),
  );
  const [from, into, gone] = [parted?.id ?? '', joined?.id ?? '', left?.id ?? ''];
  await server.must('households.update', { as, params: { id: into }, body: { showsName: true } });
  await typePin(server, into, as);
  const propose = (body: Partial<Proposed>) =>
    server.must('proposals.create', {
      as: own.admin,
      body: { ruleId: own.ruleId, householdIds: [from], points: 700, note: '帮工', ...body },
    });
  const decide = (by: Caller, action: 'approve' | 'return' | 'withdraw', ids: string[], reason = '') =>
    server.must('proposals.decide', { as: by, body: { action, ids, reason } });
  const change = async (id: string, body: object) => {
    const proposed = await server.must('households.proposeChange', {
      as: own.admin,
      params: { id },
      body: body as never,
    });
    return (await decide(approver, 'approve', [proposed.id])).journalNumbers[0] ?? 0;
  };
  const takeBack = async (number: number) => {
    const body = { number, reason: '弄错了' };
    const reversal = await server.must('proposals.createReversal', { as: own.admin, body });
    await decide(approver, 'approve', [reversal.id]);
  };
  await decide(approver, 'approve', (await propose({ householdIds: [from, into, gone] })).ids);
  const told = { ruleId: await ruleByWords(server, own), member: '次子', event: '大学录取' };
  await decide(approver, 'approve', (await propose(told)).ids);
  const graduated = { ruleId: await ruleByOptions(server, own), option: '本科', points: undefined };
  await decide(approver, 'approve', (await propose(graduated)).ids);
  const { journalNumbers } = await decide(approver, 'approve', (await propose({})).ids);
  await takeBack(journalNumbers[0] ?? 0);
  await decide(approver, 'return', (await propose({})).ids, '请补照片');
  await decide(own.admin, 'withdraw', (await propose({})).ids);
  const fresh = { head: '赵小', group: '二组' };
  await takeBack(await change(from, { kind: 'split', fresh, points: 100, reason: '分家' }));
  await change(from, { kind: 'merge', intoId: into, reason: '老人搬去' });
  await change(gone, { kind: 'departure', toId: null, reason: '迁走' });
  // The roster brought households, too.
  await server.must('imports.commit', { as, params: { id: own.importId }, body: {} });
  const { items } = await server.must('households.list', { as, query: { q: '孙大娘' } });
  const brought = items[0]?.id ?? '';
  await change(brought, { kind: 'departure', toId: null, reason: '迁走' });
  for (const id of [gone, brought]) {
    const body = { reason: '本户要求' };
    const erasure = await server.must('households.proposeErasure', { as: own.admin, params: { id }, body });
    await decide(approver, 'approve', [erasure.id]);
  }
}

interface Proposed {
  readonly ruleId: string;
  readonly householdIds: string[];
  readonly member: string;
  readonly event: string;
}

/** A rule whose deeds say whom and what they are about. */
async function ruleByWords(server: TestServer, { admin: as }: Furnished): Promise<string> {
  const caps = [
    { period: 'year', scope: 'member', times: 2, points: null },
    { period: 'ever', scope: 'event', times: 1, points: null },
  ] as const;
  return (await server.must('rules.create', { as, body: { ...ruleSample('F3', '子女升学'), caps } })).id;
}

/** A rule whose deeds are one of several. */
async function ruleByOptions(server: TestServer, { admin: as }: Furnished): Promise<string> {
  const options = [
    { name: '本科', points: 500 },
    { name: '硕', points: 1000 },
  ];
  const listed = { pointsMode: 'list' as const, pointsMin: null, pointsMax: null, options };
  return (await server.must('rules.create', { as, body: { ...ruleSample('H1', '升学'), ...listed } })).id;
}
