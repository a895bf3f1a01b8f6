import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { cardCodeOf, withCard } from '../support/presence.ts';
import { letTakeIn } from '../support/second-person.ts';
import type { AnswerOf, KioskCaller, StaffCaller, TestServer } from '../support/server.ts';
import { startTestServer } from '../support/server.ts';
import { addGoods, addHousehold, standing } from '../support/shop.ts';
import { ENGINES } from '../support/stores.ts';

const RUNS = process.env.JISHAN_LONG ? 60 : 15;
const POINTS = 100_000;
const PIECES = 20;
/** A cost that divides by nothing. */
const COST_FEN = 9973;
const PRICE = 700;

interface Step {
  readonly what: 'return' | 'undo' | 'reverse' | 'reverseReturn';
  readonly quantity: number;
  readonly which: number;
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    what: fc.constantFrom(...(['return', 'return', 'return', 'undo', 'reverse', 'reverseReturn'] as const)),
    quantity: fc.integer({ min: 1, max: 4 }),
    which: fc.nat(9),
  }),
  { minLength: 4, maxLength: 10 },
);

/** Returns, undos and reversals come in any order: points, pieces and cost balance, and nothing comes back twice. */
describe.each(ENGINES)('what comes back on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('in any order', () => {
    let server: TestServer;
    let kiosk: KioskCaller;
    let approver: StaffCaller;
    beforeAll(async () => {
      server = await startTestServer(engine);
      await letTakeIn(server);
      kiosk = await server.asKiosk();
      approver = await server.asStaff('approver');
    });
    afterAll(() => server.remove());

    async function play(taken: number, played: readonly Step[]): Promise<void> {
      const household = await addHousehold(server, POINTS);
      const item = await addGoods(server, { price: PRICE }, { quantity: PIECES, costFen: COST_FEN });
      const lines = [{ goodsId: item.id, quantity: taken }];
      const basket = { householdId: household.id, lines, expectedPoints: PRICE * taken };
      const got = await server.must('kiosk.redeem', {
        as: kiosk,
        body: await withCard(server, kiosk, basket),
      });
      const shop = new Shop(got, item.id, household.id);
      for (const step of played) {
        const left = shop.isGone ? 0 : taken - shop.returned;
        const isDone = await shop.take(step);
        if (step.what === 'return') {
          expect(isDone, JSON.stringify([step, left])).toBe(step.quantity <= left);
          if (isDone) shop.returned += step.quantity;
        }
        if (step.what === 'undo' || step.what === 'reverse') {
          expect(isDone).toBe(!shop.isGone && shop.returned === 0);
          shop.isGone ||= isDone;
        }
        const kept = shop.isGone ? 0 : taken - shop.returned;
        const now = await standing(server, household.id, item.id);
        expect(now).toMatchObject({ points: POINTS - kept * PRICE, pieces: PIECES - kept });
        // Once everything has come back, all of the cost has, to the fen.
        if (kept === 0) expect(now.costFen).toBe(COST_FEN);
        else expect(now.costFen).toBeLessThanOrEqual(COST_FEN);
      }
      expect((await server.http.verifier.verify(server.id)).bad).toBeNull();
    }

    class Shop {
      returned = 0;
      isGone = false;
      private readonly got: AnswerOf<'kiosk.redeem'>;
      private readonly goodsId: string;
      private readonly householdId: string;
      private standing: { readonly number: number; readonly quantity: number }[] = [];

      constructor(got: AnswerOf<'kiosk.redeem'>, goodsId: string, householdId: string) {
        this.got = got;
        this.goodsId = goodsId;
        this.householdId = householdId;
      }

      async take({ what, quantity, which }: Step): Promise<boolean> {
        const { got } = this;
        if (what === 'undo')
          return isDone(await server.call('kiosk.undo', { as: kiosk, params: { id: got.id }, body: {} }));
        if (what === 'reverse') return this.reverse(got.journalNumber);
        if (what === 'reverseReturn') {
          const one = this.standing[which % Math.max(1, this.standing.length)];
          if (!one || !(await this.reverse(one.number))) return false;
          this.standing = this.standing.filter((other) => other !== one);
          this.returned -= one.quantity;
          return true;
        }
        const card = (await cardCodeOf(server, this.householdId)) ?? '';
        const { presence } = await server.must('kiosk.lookup', { as: kiosk, body: { card } });
        const body = { lines: [{ goodsId: this.goodsId, quantity }], presence: presence.token };
        const back = await server.call('kiosk.return', { as: kiosk, params: { id: got.id }, body });
        if (isDone(back)) this.standing.push({ number: back.data.journalNumber, quantity });
        return isDone(back);
      }

      private async reverse(number: number): Promise<boolean> {
        const body = { number, reason: '记错了' };
        const asked = await server.call('proposals.createReversal', { as: server.admin, body });
        if (!isDone(asked)) return false;
        const decision = { action: 'approve' as const, ids: [asked.data.id] };
        return isDone(await server.call('proposals.decide', { as: approver, body: decision }));
      }
    }

    test(
      `${String(RUNS)} shops`,
      () =>
        fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 7 }), steps, play), {
          numRuns: RUNS,
          endOnFailure: true,
        }),
      120_000,
    );
  });
});

function isDone({ status }: { readonly status: number }): boolean {
  return status === 200;
}
