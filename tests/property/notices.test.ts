/**
 * No sequence of acts posts an award without its different people, before its notice has ended, with an objection open, over a
 * cap, over the month's budget, or twice; nor a deduction without a reminder before it, before its household answered or had its
 * days, or further down than the village lets it go.
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DeductionWatch } from '../support/deduction-watch.ts';
import { isAward } from '../support/model-deeds.ts';
import {
  ALL_ACTS,
  ALL_DEDUCTIONS,
  DECISIONS,
  DEDUCTION_ACTS,
  history,
  NO_DEDUCTIONS,
  OBJECTION_ACTS,
  SHORT_OF_BUDGET,
} from '../support/notice-commands.ts';
import { NoticeModel } from '../support/notice-model.ts';
import { NoticeVillage } from '../support/notice-village.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

/** Each run has a village of its own, and the clock looks at all of them. */
const runs = process.env.JISHAN_LONG ? 100 : 10;
const KEEPING = ['make', 'putUp', 'takeDown', 'belowZero'] as const;
const STATES = ['posted', 'on_notice', 'returned', 'short of budget'] as const;
const COUNTED = ['whole', 'cut', 'nothing', 'agreed', 'days over', 'below zero', 'lapsed'] as const;
/** Deductions that were counted in histories that nobody wrote down: four in each, on average. */
const BY_CHANCE = 'counted by chance';
const examples = [ALL_ACTS, SHORT_OF_BUDGET, ALL_DEDUCTIONS, NO_DEDUCTIONS];

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
      const note = (what: string, times = 1) => seen.set(what, (seen.get(what) ?? 0) + times);
      await fc.assert(
        fc.asyncProperty(history, async (commands) => {
          const model = new NoticeModel();
          const village = new NoticeVillage(test, `v${String((villages += 1))}`);
          const watch = new DeductionWatch(test.store, village.id);
          await village.open();
          for (const c of commands) {
            if (model.isOutside(c)) continue;
            const meant = model.meant(c);
            const expected = model.act(c);
            expect([c.act, await village.act(c, meant)]).toEqual([c.act, expected]);
            if (expected) note(c.act);
            expect(await village.standing()).toEqual({
              states: model.deeds.map(({ state }) => state),
              awards: model.deeds.filter((deed) => isAward(deed) && deed.state === 'posted').length,
              points: model.points,
              budgets: model.budgetsLeft(),
            });
            expect(await watch.look(model.deductions.floor)).toEqual([]);
          }
          expect(await village.wrong()).toBeNull();
          note('short of budget', model.shortOfBudget);
          for (const { state } of model.deeds) note(state);
          for (const what of COUNTED) note(what, model.deductions.seen[what]);
          if (!examples.some((one) => isDeepStrictEqual(one, commands)))
            note(BY_CHANCE, model.deductions.counted);
        }),
        // To shrink a history takes minutes. Its seed plays it again.
        { numRuns: runs + examples.length, examples: examples.map((one) => [[...one]]), endOnFailure: true },
      );
      // A run that posts nothing would prove nothing.
      const acts = [...DECISIONS, ...OBJECTION_ACTS, ...DEDUCTION_ACTS, ...KEEPING];
      for (const what of [...acts, ...STATES, ...COUNTED, BY_CHANCE])
        expect([what, (seen.get(what) ?? 0) > 0]).toEqual([what, true]);
    });
  });
});
