/**
 * No sequence of acts posts an award without its different people, before its notice has ended, with an objection open, over a
 * cap, over the month's budget, or twice.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../shared/business-day.ts';
import {
  ALL_ACTS,
  command,
  DAYS,
  DECISIONS,
  NoticeModel,
  OBJECTION_ACTS,
  SHORT_OF_BUDGET,
} from '../support/notice-model.ts';
import { NoticeVillage } from '../support/notice-village.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

/** Each run has a village of its own, and the clock looks at all of them. */
const runs = process.env.JISHAN_LONG ? 100 : 10;
const KEEPING = ['make', 'putUp', 'takeDown'] as const;
const STATES = ['posted', 'on_notice', 'returned', 'short of budget'] as const;

describe.each(ENGINES)('awards and notices in any order, on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('by anybody, while days go by', () => {
    let test: TestStore;
    let villages = 0;
    beforeAll(async () => {
      test = await openTestStore(engine);
    });
    afterAll(() => test.remove());

    it('post what two people decided, a notice told of and nobody objects to, once, and nothing else', async () => {
      const seen = new Map<string, number>();
      await fc.assert(
        fc.asyncProperty(
          fc.array(command, { minLength: 40, maxLength: 90, size: 'max' }),
          async (commands) => {
            const model = new NoticeModel();
            const village = new NoticeVillage(test, `v${String((villages += 1))}`);
            await village.open();
            for (const c of commands) {
              const isDecision = (DECISIONS as readonly string[]).includes(c.act);
              const deed = isDecision
                ? model.deed(c.act as (typeof DECISIONS)[number], c.which)
                : model.objectionable(c.which);
              const notice = model.notice(c.which);
              const isStep = c.act !== 'object' && (OBJECTION_ACTS as readonly string[]).includes(c.act);
              const objection = isStep
                ? model.objection(c.act as Exclude<(typeof OBJECTION_ACTS)[number], 'object'>, c.which)
                : undefined;
              const at = {
                deed: deed ? model.deeds.indexOf(deed) : -1,
                notice: notice ? model.notices.indexOf(notice) : -1,
                objection: objection ? model.objections.indexOf(objection) : -1,
              };
              const isOver =
                c.act === 'takeDown' && notice?.upOn && model.today >= addDays(notice.upOn, DAYS + 1);
              // When a paper is taken off the wall after its end says nothing about points.
              if (isOver || (c.act === 'takeDown' && notice?.ended)) continue;
              const expected = model.act(c);
              expect([c.act, await village.act(c, at)]).toEqual([c.act, expected]);
              if (expected) seen.set(c.act, (seen.get(c.act) ?? 0) + 1);
              const { states, entries } = await village.standing();
              expect(states).toEqual(model.deeds.map(({ state }) => state));
              expect(entries).toBe(model.deeds.filter(({ state }) => state === 'posted').length);
            }
            seen.set('short of budget', (seen.get('short of budget') ?? 0) + model.shortOfBudget);
            for (const { state } of model.deeds) seen.set(state, (seen.get(state) ?? 0) + 1);
          },
        ),
        { numRuns: runs, examples: [[[...ALL_ACTS]], [[...SHORT_OF_BUDGET]]] },
      );
      // A run that posts nothing would prove nothing.
      for (const what of [...DECISIONS, ...OBJECTION_ACTS, ...KEEPING, ...STATES])
        expect([what, (seen.get(what) ?? 0) > 0]).toEqual([what, true]);
    });
  });
});
