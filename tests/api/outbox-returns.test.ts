/** Returns that go by the outbox: each is booked once, also by a server that was restored from before it. */
import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DAY_MS } from '../../shared/business-day.ts';
import type { RowBodies } from '../../shared/kiosk/rows.ts';
import type { OutboxRow } from '../../shared/outbox/row.ts';
import { TestOutbox } from '../support/outbox.ts';
import { cardCodeOf, newCardCode, withCard } from '../support/presence.ts';
import { asTwo } from '../support/second-person.ts';
import {
  type AnswerOf,
  type KioskCaller,
  newKey,
  startTestServer,
  type TestServer,
} from '../support/server.ts';
import { addGoods, addHousehold, signInAgain, standing } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const START_MS = Date.UTC(2026, 2, 15, 1);
const HOUR_MS = 3_600_000;
const RESTORED = 'outbox.restored';

type Body = RowBodies['kiosk.return'];
type Household = Awaited<ReturnType<typeof addHousehold>>;
type Receipt = AnswerOf<'kiosk.redeem'>;

describe.each(ENGINES)('returns by the outbox on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('through the API', () => {
    let server: TestServer;
    let kiosk: KioskCaller;
    let shift: string;
    let goodsId: string;
    let box: TestOutbox;
    let household: Household;

    beforeAll(async () => {
      server = await startTestServer(engine);
      server.clock.nowMs = START_MS;
      kiosk = await server.asKiosk();
      const settings = { withoutNetworkHundredths: 90_000 };
      await asTwo(server, 'village.update', { as: server.admin, body: { settings } });
      goodsId = (await addGoods(server, { name: '香米' }, { quantity: 500, costFen: 50_000 })).id;
    });
    afterAll(() => server.remove());
    beforeEach(async () => {
      server.clock.nowMs += DAY_MS;
      kiosk = await signInAgain(server, kiosk);
      shift = (await server.must('kiosk.state', { as: kiosk })).shift?.id ?? '';
      box = await TestOutbox.of(server, kiosk.device);
      household = await addHousehold(server, 10_000);
    });

    const line = (quantity: number) => ({ goodsId, name: '香米', unit: '袋', quantity, price: 1000 });
    const tokenOf = async (of: Household, as = kiosk) => {
      const card = (await cardCodeOf(server, of.id)) ?? '';
      return (await server.must('kiosk.lookup', { as, body: { card } })).presence.token;
    };
    /** Goods are handed out by a row; the receipt is what the screen shows then. */
    const handOut = async (quantity: number) => {
      const { presence = '' } = await withCard(server, kiosk, { householdId: household.id });
      const body: RowBodies['kiosk.redeem'] = {
        ...{ householdId: household.id, householdNumber: household.number, lines: [line(quantity)] },
        ...{ points: 1000 * quantity, balance: 10_000, pinProof: null, vouchProofs: [] },
        presence: { token: presence },
      };
      const row = await box.add('kiosk.redeem', shift, body);
      const [answer] = await send([row]);
      expect(answer).toMatchObject({ answer: 'booked' });
      return { row, receipt: answer?.receipt as unknown as Receipt };
    };
    const back = async (
      { row, receipt }: Awaited<ReturnType<typeof handOut>>,
      quantity: number,
      over: Partial<Body> = {},
    ): Promise<Body> => ({
      ...{ redemptionId: receipt.id, follows: row.key, slip: receipt.journalNumber },
      ...{ householdId: household.id, householdNumber: household.number },
      ...{ lines: [line(quantity)], points: 1000 * quantity },
      ...{ presence: { token: await tokenOf(household) }, ...over },
    });
    const send = async (rows: readonly OutboxRow[]) =>
      (await server.must('outbox.send', { as: kiosk.device, body: { rows: [...rows], isEmptyAfter: false } }))
        .answers;
    const only = async (row: OutboxRow) => {
      const [answer] = await send([row]);
      if (!answer) throw new Error('no answer');
      return answer;
    };
    const asked = async (body: Body) => only(await box.add('kiosk.return', shift, body));
    /** The rows of what a server before has booked, as they come to one that was restored from before them. */
    const restoredRows = async (taken: number, quantity: number, over: Partial<Body> = {}) => {
      const { presence = '' } = await withCard(server, kiosk, { householdId: household.id });
      const first = await box.add(
        'kiosk.redeem',
        shift,
        {
          ...{ householdId: household.id, householdNumber: household.number, lines: [line(taken)] },
          ...{ points: 1000 * taken, balance: 10_000, pinProof: null, vouchProofs: [] },
          presence: { token: presence },
        },
        { done: 'server', entry: 900 },
      );
      const body = {
        ...{ redemptionId: 'id-of-the-server-before', follows: first.key, slip: 900 },
        ...{ householdId: household.id, householdNumber: household.number },
        ...{ lines: [line(quantity)], points: 1000 * quantity },
        ...{ presence: { token: await tokenOf(household) }, ...over },
      };
      const second = await box.add('kiosk.return', shift, body, { done: 'server', entry: 901 });
      return [first, second] as const;
    };
    const stands = () => standing(server, household.id, goodsId);
    const pointsNow = async () => (await stands()).points;
    const isSound = async () =>
      expect(await server.http.verifier.verify(server.id)).toMatchObject({ ok: true });

    it('are decided as the counter’s own command does, once, and tell their receipt', async () => {
      const before = await stands();
      const taken = await handOut(3);
      const row = await box.add('kiosk.return', shift, await back(taken, 2));
      const answer = await only(row);
      expect(answer).toMatchObject({ answer: 'booked', marks: [], code: null });
      expect(answer.receipt).toMatchObject({
        ...{ redemption: { id: taken.receipt.id, journalNumber: taken.receipt.journalNumber } },
        ...{ household: { number: household.number, head: '王*明' }, points: 2000, balanceAfter: 9000 },
        ...{ lines: [{ name: '香米', quantity: 2, price: 1000 }], journalNumber: answer.entry },
        volunteer: taken.receipt.volunteer,
      });
      expect(await only(row)).toMatchObject({ answer: 'booked', entry: answer.entry, receipt: null });
      const word = await box.done(row, 'server', undefined, answer.entry);
      expect(await only(word)).toMatchObject({ answer: 'booked', entry: answer.entry });
      expect(await asked(await back(taken, 1))).toMatchObject({ answer: 'booked' });
      expect(await asked(await back(taken, 1))).toMatchObject({
        ...{ answer: 'declined', code: 'redemption.returned', entry: null },
        params: { left: 0, wanted: 1 },
      });
      expect(await stands()).toEqual(before);
      await isSound();
    });

    it('are booked once though the same row comes eight times at once, and never beyond what is left', async () => {
      const taken = await handOut(3);
      const row = await box.add('kiosk.return', shift, await back(taken, 2));
      const answers = await Promise.all(Array.from({ length: 8 }, () => only(row)));
      expect(new Set(answers.map(({ answer, entry }) => `${answer} ${String(entry)}`)).size).toBe(1);
      expect(await pointsNow()).toBe(9000);
      const more: OutboxRow[] = [];
      for (let one = 0; one < 4; one += 1)
        more.push(await box.add('kiosk.return', shift, await back(taken, 1)));
      expect((await send(more)).map(({ answer }) => answer)).toEqual([
        'booked',
        'declined',
        'declined',
        'declined',
      ]);
      expect(await pointsNow()).toBe(10_000);
      // One key for another thing: nothing of it is kept.
      const other = await box.add('kiosk.return', shift, await back(taken, 1), { key: row.key });
      expect(await only(other)).toMatchObject({ answer: 'refused', code: 'outbox.other_row' });
    });

    it('follow the same rules: card, household, day, shift, item', async () => {
      const taken = await handOut(2);
      const other = await addHousehold(server, 0);
      const number = await server.must('kiosk.lookup', { as: kiosk, body: { number: household.number } });
      const code = async (over: Partial<Body>) => {
        const answer = await asked(await back(taken, 1, over));
        expect(answer).toMatchObject({ answer: 'declined', entry: null });
        return answer.code;
      };
      expect(await code({ presence: { token: number.presence.token } })).toBe('redemption.card_needed');
      expect(await code({ presence: { token: await tokenOf(other) } })).toBe('redemption.absent');
      expect(await code({ householdId: other.id })).toBe('redemption.not_found');
      const none = { ...line(1), goodsId: 'nothing-of-it' };
      expect(await code({ lines: [none] })).toBe('goods.not_found');
      expect(await code({ follows: null, redemptionId: 'nothing-of-it' })).toBe('redemption.not_found');
      const stale = await back(taken, 1);
      server.clock.nowMs += 1000;
      await newCardCode(server, household.id);
      expect((await asked(stale)).code).toBe('card.revoked');
      server.clock.nowMs += DAY_MS;
      expect((await asked(stale)).code).toBe('kiosk.shift_over');
      kiosk = await signInAgain(server, kiosk);
      shift = (await server.must('kiosk.state', { as: kiosk })).shift?.id ?? '';
      expect(await code({})).toBe('redemption.return_late');
      expect(await pointsNow()).toBe(8000);
    });

    it('take goods of another counter’s slip back by its number alone', async () => {
      const other = await server.asKiosk();
      const { presence = '' } = await withCard(server, other, { householdId: household.id });
      const receipt = await server.must('kiosk.redeem', {
        as: other,
        body: {
          ...{ householdId: household.id, lines: [{ goodsId, quantity: 2 }], expectedPoints: 2000, presence },
        },
      });
      const taken = { receipt, row: { key: '' } as OutboxRow };
      expect(await asked(await back(taken, 2, { follows: null }))).toMatchObject({ answer: 'booked' });
      expect(await pointsNow()).toBe(10_000);
    });

    it('wait for the row that handed out, and end with it where nothing was', async () => {
      const taken = await handOut(1);
      const missing = await back(taken, 1, { follows: newKey() });
      expect(await asked(missing)).toMatchObject({ answer: 'waiting' });
      const empty = await box.add('kiosk.redeem', shift, {
        ...{ householdId: household.id, householdNumber: household.number, lines: [line(1)] },
        ...{ points: 1, balance: 0, presence: null, pinProof: null, vouchProofs: [] },
      });
      expect(await only(empty)).toMatchObject({ answer: 'declined' });
      expect(await asked(await back(taken, 1, { follows: empty.key }))).toMatchObject({
        ...{ answer: 'declined', code: 'outbox.superseded' },
      });
    });

    it('come again to a server that was restored from before them, after what was handed out', async () => {
      const [first, second] = await restoredRows(3, 2);
      expect(await only(second)).toMatchObject({ answer: 'waiting' });
      const answers = await send([first, second]);
      expect(answers.map(({ answer, marks }) => [answer, marks])).toEqual([
        ['late', [RESTORED]],
        ['late', [RESTORED]],
      ]);
      expect(answers[1]?.receipt).toMatchObject({ points: 2000 });
      expect(await pointsNow()).toBe(9000);
      expect(await only(second)).toMatchObject({ answer: 'late', entry: answers[1]?.entry });
      const facts = await server.store.read(({ db, t }) =>
        db
          .select({ value: t.journalFacts.value })
          .from(t.journalFacts)
          .where(
            and(eq(t.journalFacts.number, answers[1]?.entry ?? 0), eq(t.journalFacts.name, 'withoutNetwork')),
          ),
      );
      expect(facts[0]?.value).toContain(RESTORED);
      const { items } = await server.must('outbox.late', { as: server.admin });
      const own = items.filter((one) => one.household?.number === household.number);
      expect(own.map(({ kind, entry }) => [kind, entry])).toContainEqual(['kiosk.return', answers[1]?.entry]);
      await isSound();
    });

    it('bring back no more than is left there, and nothing of what was undone', async () => {
      const [first, second] = await restoredRows(3, 3);
      const redemptionId = ((await only(first)).receipt as { id?: string } | null)?.id ?? '';
      const body = { lines: [{ goodsId, quantity: 2 }], presence: await tokenOf(household) };
      await server.must('kiosk.return', { as: kiosk, params: { id: redemptionId }, body });
      expect(await only(second)).toMatchObject({
        ...{ answer: 'late', marks: [RESTORED, 'redemption.returned'] },
        receipt: { points: 1000, lines: [{ quantity: 1 }] },
      });
      expect(await pointsNow()).toBe(10_000);
      const last = await box.add(
        'kiosk.return',
        shift,
        { ...(JSON.parse(second.body) as Body), lines: [line(1)] },
        { done: 'server', entry: 902 },
      );
      expect(await only(last)).toMatchObject({
        ...{ answer: 'late', entry: null, marks: [RESTORED, 'redemption.returned'] },
      });
      expect(await pointsNow()).toBe(10_000);

      const [taken, returned] = await restoredRows(1, 1);
      const id = ((await only(taken)).receipt as { id?: string } | null)?.id ?? '';
      await server.must('kiosk.undo', { as: kiosk, params: { id }, body: {} });
      expect(await only(returned)).toMatchObject({
        ...{ answer: 'late', entry: null, marks: [RESTORED, 'redemption.undone'] },
      });
      expect(await pointsNow()).toBe(10_000);
      await isSound();
    });

    it('name the rules that would have stood against them', async () => {
      const [first, second] = await restoredRows(2, 1, { presence: { token: 'made up' } });
      await only(first);
      expect((await only(second)).marks).toEqual([RESTORED, 'redemption.absent']);
      const number = await server.must('kiosk.lookup', { as: kiosk, body: { number: household.number } });
      const marksOf = async (over: Partial<Body>, done: 'server' | 'here' = 'server', atMs?: number) => {
        const body = { ...(JSON.parse(second.body) as Body), ...over };
        const row = await box.add('kiosk.return', shift, body, { done, ...(atMs ? { atMs } : {}) });
        return only(row);
      };
      const byNumber = await marksOf({ presence: { token: number.presence.token } });
      expect(byNumber).toMatchObject({ answer: 'late', marks: [RESTORED, 'redemption.card_needed'] });
      expect(await pointsNow()).toBe(10_000);
      // No counter returns anything without an answer of the server.
      expect(await marksOf({}, 'here')).toMatchObject({ answer: 'refused', code: 'outbox.body' });
      expect(await marksOf({ householdId: 'nobody' })).toMatchObject({
        ...{ answer: 'refused', code: 'redemption.not_found' },
      });
      // The redemption of another counter that the restored server does not know under this id.
      const foreign = await marksOf({ follows: null });
      expect(foreign).toMatchObject({ answer: 'refused', code: 'redemption.not_found' });
      await isSound();
    });

    it('made on another day than the slip’s are marked as late, and the shift that was over', async () => {
      const [first, second] = await restoredRows(2, 1);
      await only(first);
      server.clock.nowMs += DAY_MS;
      const body = JSON.parse(second.body) as Body;
      const late = await box.add('kiosk.return', shift, body, { done: 'server' });
      expect((await only(late)).marks).toEqual([
        ...[RESTORED, 'kiosk.shift_over', 'redemption.absent', 'redemption.return_late'],
      ]);
      server.clock.nowMs += HOUR_MS;
      await isSound();
    });
  });
});
