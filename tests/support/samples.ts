/**
 * A village with one thing of each kind, and a good request for each endpoint. The tests that go through all
 * endpoints start from these.
 */
import { reminded } from './deductions.ts';
import { withSecond } from './second-person.ts';
import { outboxSample } from './outbox-sample.ts';
import { readdirSync } from 'node:fs';
import { addDays, businessDay, DAY_MS } from '../../shared/business-day.ts';
import type { EndpointId } from '../../shared/endpoints.ts';
import { freeze } from '../../server/documents/index.ts';
import { jpeg } from './jpeg.ts';
import { newCardCode, withCard } from './presence.ts';
import {
  basketSample,
  changeSample,
  type Furnished,
  goodsSample,
  type ListToSign,
  rosterSample,
  ruleSample,
  scoreSample,
  type SamplesOf,
  today,
} from './sample-parts.ts';
import {
  type Caller,
  newKey,
  type LooseSent,
  type StaffCaller,
  type TestServer,
  type TestVillage,
} from './server.ts';

export { type Furnished, goodsSample, ruleSample } from './sample-parts.ts';

/** Fills a village through the API. */
export async function furnish(server: TestServer, village: TestVillage, mark: string): Promise<Furnished> {
  const as = village.admin;
  const household = await server.must('households.create', {
    as,
    body: { head: `${mark}王小明`, group: `${mark}一组`, note: mark },
  });
  const card = await newCardCode(server, household.id, as);
  const cardIssuedAtMs = server.clock.nowMs;
  const rule = await server.must('rules.create', { as, body: ruleSample(`${mark}A1`, mark) });
  const announced = await server.must('rules.create', { as, body: ruleSample(`${mark}A2`, `${mark}浇树`) });
  await server.must('rules.update', {
    ...{ as, params: { id: announced.id } },
    body: {
      title: `${mark}浇树、护树`,
      effectiveFrom: businessDay(server.clock.nowMs + 9 * DAY_MS, 'Asia/Shanghai'),
    },
  });
  const goods = await server.must('goods.create', { as, body: goodsSample(`${mark}大米`) });
  const empty = await server.must('goods.create', { as, body: goodsSample(`${mark}面粉`) });
  await server.must('goods.stockIn', {
    as,
    params: { id: goods.id },
    body: { quantity: 500, totalCostFen: 50_000, source: 'bought' },
  });
  const staff = await server.asStaff('committee', { village });
  const approver = await server.asStaff('approver', { village });
  // People who propose have been confirmed, and with each more of those duties could be split.
  const propose = () =>
    server.must('proposals.create', {
      as,
      body: { ruleId: rule.id, householdIds: [household.id], points: 90_000, note: mark },
    });
  const approved = await propose();
  const decided = await server.must('proposals.decide', {
    as: approver,
    body: { action: 'approve', ids: approved.ids },
  });
  const posted = await propose();
  await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: posted.ids } });
  const waiting = await propose();
  const returned = await propose();
  await server.must('proposals.decide', {
    as: approver,
    body: { action: 'return', ids: returned.ids, reason: mark },
  });
  const addPicture = async (purpose: 'evidence' | 'goods') =>
    (await server.must('pictures.add', { as, params: { purpose }, body: jpeg() })).id;
  const kiosk = await server.asKiosk(village);
  const newcomer = await server.must('volunteers.create', { as, body: { name: `${mark}新人` } });
  const basket = await withCard(server, kiosk, basketSample(household.id, goods.id));
  const some = {
    householdId: household.id,
    lines: [{ goodsId: goods.id, quantity: 3 }],
    expectedPoints: 300,
  };
  const kept = await server.must('kiosk.redeem', { as: kiosk, body: await withCard(server, kiosk, some) });
  const back = await server.must('kiosk.return', {
    ...{ as: kiosk, params: { id: kept.id } },
    body: { lines: [{ goodsId: goods.id, quantity: 1 }], presence: basket.presence ?? '' },
  });
  const redemption = await server.must('kiosk.redeem', { as: kiosk, body: basket });
  const [quiet, closed, reopened] = await Promise.all(
    ['静', '迁', '回'].map((head) =>
      server.must('households.create', { as, body: { head: `${mark}${head}`, group: `${mark}一组` } }),
    ),
  );
  for (const household of [closed, reopened]) {
    const leaving = await server.must('households.proposeChange', {
      as,
      params: { id: household?.id ?? '' },
      body: { kind: 'departure', toId: null, reason: mark },
    });
    await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids: [leaving.id] } });
  }
  const paper = await server.must('imports.read', {
    as,
    params: { kind: 'roster' },
    query: { filename: `${mark}.csv` },
    body: rosterSample(mark),
  });
  const yesterday = businessDay(server.clock.nowMs - DAY_MS, 'Asia/Shanghai');
  const scorePaper = scoreSample({ number: household.number, code: rule.code, day: yesterday });
  const upload = { query: { filename: `${mark}.csv` }, body: scorePaper };
  const scores = await server.must('imports.readScores', { as, ...upload });
  await withSecond(server, 'village.update', {
    ...{ as, by: approver, village, body: { settings: { withoutNetworkHundredths: 100_000 } } },
  });
  const outbox = await outboxSample(server, village, {
    as,
    household: { ...household, cardIssuedAtMs },
    goodsId: goods.id,
  });
  const copy = await server.must('copy.whole', { as: kiosk });
  const phone = await server.asHousehold(household.id, village);
  await server.asHousehold(household.id, village);
  const { items } = await server.must('me.phones', { as: phone });
  const { head } = await server.must('village.opening', { as });
  const document = { kind: 'week', id: newKey().slice(0, 16), body: JSON.stringify({ head, mark }) } as const;
  const covers = { afterNumber: 0, headNumber: head.number };
  await server.store.transaction((tx) =>
    freeze(tx, village.id, { ...document, ...covers }, server.clock.nowMs),
  );
  const handover = await server.must('handovers.start', {
    as,
    body: {
      fromStaffId: as.id,
      toStaffId: staff.id,
      changedOn: businessDay(server.clock.nowMs, 'Asia/Shanghai'),
    },
  });
  const notices = await noticesSample(server, { as, approver, village, propose });
  const handIn = (fen: number) => server.must('changes.propose', { as, body: changeSample(fen) });
  const changes = {
    ...{ toAgree: await handIn(120), toRefuse: await handIn(130), toWithdraw: await handIn(140) },
  };
  return {
    ...village,
    mark,
    staff,
    changes,
    household: { id: household.id, number: household.number, card, cardIssuedAtMs },
    quietId: quiet?.id ?? '',
    closedId: closed?.id ?? '',
    reopenedId: reopened?.id ?? '',
    ruleId: rule.id,
    announcedRuleId: announced.id,
    goodsId: goods.id,
    emptyGoodsId: empty.id,
    kioskId: kiosk.device.id,
    volunteerId: kiosk.volunteerId,
    newcomer: { id: newcomer.volunteer.id, pin: newcomer.pin },
    voucher: await confirmedVolunteer(server, approver, `${mark}证人`, village),
    proposalId: waiting.ids[0] ?? '',
    batchId: waiting.batchId,
    postedBatchId: posted.batchId,
    returnedId: returned.ids[0] ?? '',
    evidenceId: await addPicture('evidence'),
    goodsPictureId: await addPicture('goods'),
    entryNumber: decided.journalNumbers[0] ?? 0,
    redemptionId: redemption.id,
    kept: { id: kept.id, number: kept.journalNumber },
    returnId: back.id,
    importId: paper.id,
    scores: { id: scores.id, paper: scorePaper },
    phone,
    otherPhoneId: items.find(({ isThis }) => !isThis)?.id ?? '',
    kiosk,
    outbox,
    copy,
    presence: basket.presence ?? '',
    documentId: document.id,
    handoverId: handover.id,
    notices,
    objections: await objectionsSample(server, { as, approver, phone, mark }),
    rounds: await roundsSample(server, {
      ...{ as, approver, village, judges: [staff], ruleId: rule.id, householdId: household.id },
    }),
    reports: await reportsSample(server, { as, phone, mark }),
    workdays: await workdaysSample(server, { as, householdId: household.id, mark }),
    reminders: await remindersSample(server, { as, approver, village, householdId: household.id, mark }),
    toSign: await listToSign(server, as),
  };
}

/** Three notices, and an approved award that is on none. The village has no notices afterwards. */
async function noticesSample(
  server: TestServer,
  {
    as,
    approver,
    village,
    propose,
  }: {
    readonly as: StaffCaller;
    readonly approver: StaffCaller;
    readonly village: TestVillage;
    readonly propose: () => Promise<{ readonly ids: string[] }>;
  },
): Promise<Furnished['notices']> {
  const approve = async () => {
    const { ids } = await propose();
    await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids } });
    return ids[0] ?? '';
  };
  const make = async () => (await server.must('notices.make', { as, body: {} })).id;
  await server.must('village.update', { as, body: { settings: { noticeDays: 5 } } });
  const deedId = await approve();
  const hanging = await make();
  await server.must('notices.putUp', { as, params: { id: hanging }, body: {} });
  const { hash } = await server.must('notices.get', { as, params: { id: hanging } });
  await approve();
  const made = await make();
  await approve();
  const { number: toShow } = await server.must('notices.get', { as, params: { id: await make() } });
  await approve();
  await withSecond(server, 'village.update', {
    ...{ as, by: approver, village, body: { settings: { noticeDays: null } } },
  });
  return { made, hanging, hash, deedId, toShow };
}

/** Reminders of a household in every state, each about a rule of its own. */
async function remindersSample(
  server: TestServer,
  {
    as,
    approver,
    village,
    householdId,
    mark,
  }: {
    readonly as: StaffCaller;
    readonly approver: StaffCaller;
    readonly village: TestVillage;
    readonly householdId: string;
    readonly mark: string;
  },
): Promise<Furnished['reminders']> {
  const addRule = async (n: number) => {
    const range = { pointsMin: -900, pointsMax: -100 };
    const body = { ...ruleSample(`${mark}N${String(n)}`, `${mark}提醒${String(n)}`), ...range };
    return (await server.must('rules.create', { as, body })).id;
  };
  const fresh = async (n: number) => {
    const ruleId = await addRule(n);
    const body = { householdId, ruleId, words: mark, dueOn: addDays(today(), 5) };
    return (await server.must('deductions.remind', { as, body })).id;
  };
  const approved = async (n: number) => {
    const about = { ruleId: await addRule(n), householdIds: [householdId] };
    const [id = ''] = await reminded(server, { ...about, villageId: village.id });
    const { ids } = await server.must('proposals.create', { as, body: { ...about, points: -100 } });
    await server.must('proposals.decide', { as: approver, body: { action: 'approve', ids } });
    return id;
  };
  const toAgree = await approved(5);
  await server.must('deductions.tell', { as, params: { id: toAgree }, body: { way: 'paper' } });
  return {
    ...{
      ruleId: await addRule(0),
      toDeliver: await fresh(1),
      toClose: await fresh(2),
      toSee: await fresh(3),
    },
    ...{ toTell: await approved(4), toAgree },
  };
}

/** Objections in every state, about the programme, so that everybody who decides may answer them. */
async function objectionsSample(
  server: TestServer,
  {
    as,
    approver,
    phone,
    mark: words,
  }: {
    readonly as: StaffCaller;
    readonly approver: StaffCaller;
    readonly phone: Caller;
    readonly mark: string;
  },
): Promise<Furnished['objections']> {
  const paper = async () =>
    (await server.must('objections.receive', { as, body: { kind: 'complaint', name: words, words } })).id;
  const own = async () =>
    (await server.must('objections.make', { as: phone, body: { kind: 'suggestion', words } })).id;
  const answered = async (id: string) => {
    const body = { outcome: 'rejected', reason: words } as const;
    return (await server.must('objections.answer', { as: approver, params: { id }, body })).id;
  };
  const toJudge = await answered(await paper());
  await server.must('objections.appeal', { as, params: { id: toJudge }, body: { reason: words } });
  return {
    ...{
      toAnswer: await paper(),
      toWithdraw: await paper(),
      toAppeal: await answered(await paper()),
      toJudge,
    },
    ...{ ownOpen: await own(), ownAnswered: await answered(await own()) },
  };
}

/** Rounds in each state out of which a sample leads. An approver keys in what the judges marked on paper. */
async function roundsSample(
  server: TestServer,
  {
    as,
    approver,
    village,
    judges,
    ruleId,
    householdId,
  }: {
    readonly as: StaffCaller;
    readonly approver: StaffCaller;
    readonly village: TestVillage;
    readonly judges: readonly StaffCaller[];
    readonly ruleId: string;
    readonly householdId: string;
  },
): Promise<Furnished['rounds']> {
  const others = [await server.asStaff('judge', { village }), await server.asStaff('judge', { village })];
  const judgeIds = [...judges, ...others].map(({ id }) => id);
  const day = businessDay(server.clock.nowMs, 'Asia/Shanghai');
  const open = async (name: string) =>
    (
      await server.must('rounds.open', {
        as,
        body: {
          ...{ name, day, ruleId, judgeIds, householdIds: [householdId] },
          items: [{ name: '齐', most: 1000 }],
          bands: [{ least: 800, points: 300 }],
        },
      })
    ).id;
  const toClose = await open('要结束的');
  for (const judgeId of judgeIds)
    await server.must('rounds.handIn', {
      ...{ as: approver, params: { id: toClose } },
      body: { judgeId, marks: [[900]], versionSeen: 0 },
    });
  return { toHandIn: await open('要打分的'), toClose, toWithdraw: await open('要撤的'), judgeIds };
}

/** Reports of the household's phone that wait, one for each way out. */
async function reportsSample(
  server: TestServer,
  { as, phone, mark: words }: { readonly as: StaffCaller; readonly phone: Caller; readonly mark: string },
): Promise<Furnished['reports']> {
  const rule = {
    ...ruleSample(`${words}D1`, words),
    pointsMode: 'fixed',
    points: 100,
    ...{ pointsMin: null, pointsMax: null },
    proposer: '户/邻',
  } as const;
  const { id: ruleId } = await server.must('rules.create', { as, body: rule });
  const made = async (daysAgo: number) => {
    const day = businessDay(server.clock.nowMs - daysAgo * DAY_MS, 'Asia/Shanghai');
    const body = { kind: 'own', ruleId, day, words } as const;
    return (await server.must('reports.make', { as: phone, body })).id;
  };
  return { ruleId, toTakeUp: await made(3), toRefuse: await made(2), ownWaiting: await made(1) };
}

/** Events of today: one that people may sign in to, one to be closed, one to be cancelled, and one that is closed. */
async function workdaysSample(
  server: TestServer,
  {
    as,
    householdId,
    mark,
  }: { readonly as: StaffCaller; readonly householdId: string; readonly mark: string },
): Promise<Furnished['workdays']> {
  const hour = {
    pointsMode: 'perUnit',
    points: 200,
    pointsMin: null,
    pointsMax: null,
    perUnit: '小时',
  } as const;
  const rule = await server.must('rules.create', { as, body: { ...ruleSample(`${mark}H1`, mark), ...hour } });
  const day = businessDay(server.clock.nowMs, 'Asia/Shanghai');
  const announce = async () => {
    const body = { title: mark, day, from: '00:00', until: '23:59', place: mark, ruleId: rule.id };
    return (await server.must('workdays.announce', { as, body })).id;
  };
  const enter = async (id: string, member: string) => {
    const items = [{ householdId, member, minutes: 120 }];
    const { ids } = await server.must('workdays.enterList', { as, params: { id }, body: { items } });
    return ids[0] ?? '';
  };
  const [open, toClose, toCancel, closed] = [
    await announce(),
    await announce(),
    await announce(),
    await announce(),
  ];
  await enter(toClose, '');
  await server.must('workdays.close', { as, params: { id: closed }, body: { count: 0 } });
  const body = { householdId, member: `${mark}甲` };
  const there = await server.must('workdays.signIn', { as, params: { id: open }, body });
  return {
    ...{ ruleId: rule.id, open, toClose, toCancel, closed, toSignOut: there.attendanceIds[0] ?? '' },
    ...{ toLower: await enter(open, `${mark}乙`), toLeaveOut: await enter(open, `${mark}丙`) },
  };
}

/** Makes a volunteer who typed the PIN before an approver. */
export async function confirmedVolunteer(
  server: TestServer,
  approver: Caller,
  name: string,
  village: TestVillage = server,
): Promise<{ id: string; pin: string }> {
  const made = await server.must('volunteers.create', { as: village.admin, body: { name } });
  const { volunteer, pin: currentPin } = made;
  const pin = '407285';
  const params = { id: volunteer.id };
  await server.must('volunteers.confirm', { as: approver, params, body: { currentPin, pin } });
  return { id: volunteer.id, pin };
}

/** Makes a supervisor whom an approver has confirmed. */
export async function confirmedSupervisor(
  server: TestServer,
  approver: Caller,
  village: TestVillage = server,
): Promise<StaffCaller> {
  const supervisor = await server.asStaff('supervisor', { village });
  await server.must('staff.confirm', { as: approver, params: { id: supervisor.id }, body: {} });
  return supervisor;
}

/** The list that waits for a supervisor's signature, as it is signed. */
export async function listToSign(server: Pick<TestServer, 'must'>, as: Caller): Promise<ListToSign> {
  const { week } = await server.must('signatures.next', { as });
  if (week === null) throw new Error('there is nothing to sign');
  const { after, through, hash } = week;
  return { kind: 'week', after, through, hash };
}

/**
 * Writes that a furnished village has behind it for ever, that nobody makes alone, or that take away what it has none of. Each has
 * a test of its own.
 */
export const DONE_ONCE: readonly EndpointId[] = [
  ...(['village.open', 'backups.allowRestore', 'kiosks.allowNew', 'printers.set', 'printers.clear'] as const),
  ...(['redemptions.return', 'outbox.settle', 'outbox.settleShift', 'kiosk.takeOver'] as const),
  ...(['rechecks.draw', 'rechecks.check', 'workdays.signLate', 'workdays.close'] as const),
  ...(['objections.refer', 'objections.township', 'texts.clear'] as const),
];

/** A good request for an endpoint. Each call uses new names where names must be unique. */
export function sampleOf(id: EndpointId, at: Furnished): LooseSent {
  const sample = SAMPLES.get(id);
  if (!sample) throw new Error(`no sample for ${id} in tests/samples`);
  return sample(at, newKey().slice(0, 8));
}

const folder = new URL('../samples/', import.meta.url);
/** The samples of all files in tests/samples. */
const SAMPLES = new Map<string, SamplesOf<Record<string, unknown>>[string]>();
for (const file of readdirSync(folder)) {
  const { samples } = (await import(new URL(file, folder).href)) as {
    samples: SamplesOf<Record<string, unknown>>;
  };
  for (const [id, sample] of Object.entries(samples)) SAMPLES.set(id, sample);
}
