import { effectScope, nextTick, reactive, ref, shallowRef } from 'vue';
import { describe, expect, it } from 'vitest';
import type { Api, Outcome } from '../../../client/api/index.ts';
import { useCaps } from '../../../client/desk/award/useCaps.ts';
import type { Rule } from '../../../shared/rules/contract.ts';

const ONCE = { id: 'r1', version: 1, limitPeriod: 'month', limitTimes: 1, limitPoints: null } as Rule;
const TEN = { ...ONCE, id: 'r2', limitTimes: null, limitPoints: 1000 };
const FREE = { ...ONCE, id: 'r3', limitPeriod: null, limitTimes: null };
const TODAY = '2026-05-20';

interface Question {
  readonly ruleId: string;
  readonly effectiveOn: string;
  readonly ids: string[];
  /** Answers that these have had a deed of 5, and the others none. */
  done(ids: readonly string[]): Promise<void>;
  fail(): Promise<void>;
}

/** A server whose answers come when the test says so. */
function asked() {
  const questions: Question[] = [];
  const call = (_: string, { query }: { query: Record<'ruleId' | 'effectiveOn' | 'householdIds', string> }) =>
    new Promise<Outcome<object>>((resolve) => {
      const settle = async (outcome: Outcome<object>) => {
        resolve(outcome);
        await settled();
      };
      const { ruleId, effectiveOn, householdIds } = query;
      questions.push({
        ...{ ruleId, effectiveOn, ids: householdIds.split(',') },
        done: (ids) =>
          settle({
            kind: 'answer',
            data: {
              cap: null,
              items: ids.map((householdId) => ({ householdId, times: 1, points: 500, waiting: 1 })),
            },
            filename: null,
          }),
        fail: () => settle({ kind: 'unknown', reason: 'unreachable' }),
      });
    });
  return { questions, api: { call } as unknown as Api };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await nextTick();
}

function opened(rule: Rule | null = ONCE) {
  const { questions, api } = asked();
  const deed = reactive({ effectiveOn: TODAY });
  const chosen = shallowRef<Rule | null>(rule);
  const points = ref<number | null>(500);
  const caps = effectScope().run(() =>
    useCaps(api, { rule: chosen, points, effectiveOn: () => deed.effectiveOn, today: ref(TODAY) }),
  );
  if (!caps) throw new Error('no scope');
  return { questions, deed, rule: chosen, points, caps };
}

describe('what stands under a cap, on the screen', () => {
  it('is asked once for all that come into view together, and once for each', async () => {
    const { caps, questions } = opened();
    for (const id of ['h1', 'h2', 'h1']) caps.want(id);
    await settled();
    expect(questions.map(({ ids }) => ids)).toEqual([['h1', 'h2']]);
    expect(questions[0]).toMatchObject({ ruleId: 'r1', effectiveOn: TODAY });
    await questions[0]?.done(['h2']);
    expect([caps.useOf('h1')?.times, caps.useOf('h2')?.times]).toEqual([0, 1]);
    expect([caps.isFull('h1'), caps.isFull('h2'), caps.isFull('h3')]).toEqual([false, true, false]);
    for (const id of ['h1', 'h3']) caps.want(id);
    await settled();
    expect(questions.map(({ ids }) => ids)).toEqual([['h1', 'h2'], ['h3']]);
  });

  it('is asked for a hundred at a time', async () => {
    const { caps, questions } = opened();
    for (let n = 0; n < 250; n++) caps.want(`h${String(n)}`);
    await settled();
    for (let n = 0; n < 3; n++) await questions[n]?.done([]);
    expect(questions.map(({ ids }) => ids.length)).toEqual([100, 100, 50]);
    expect(caps.useOf('h249')?.times).toBe(0);
  });

  it('is asked for nobody under a rule without a cap, on a day to come or on none', async () => {
    const { caps, questions, rule, deed } = opened(FREE);
    caps.want('h1');
    await settled();
    deed.effectiveOn = '2026-06-01';
    rule.value = ONCE;
    await settled();
    deed.effectiveOn = '';
    await settled();
    expect(questions).toEqual([]);
    deed.effectiveOn = '2026-05-02';
    await settled();
    expect(questions).toMatchObject([{ ids: ['h1'], effectiveOn: '2026-05-02' }]);
  });

  it('is asked anew when the rule or the period changes, and not within the period', async () => {
    const { caps, questions, rule, deed } = opened();
    caps.want('h1');
    await settled();
    await questions[0]?.done(['h1']);
    deed.effectiveOn = '2026-05-01';
    await settled();
    expect([questions.length, caps.isNow.value]).toEqual([1, true]);
    deed.effectiveOn = '2026-04-30';
    await settled();
    expect(questions.length).toBe(2);
    // The answer before was about May.
    expect([caps.useOf('h1'), caps.isFull('h1'), caps.isNow.value]).toEqual([null, false, false]);
    rule.value = TEN;
    await settled();
    expect(questions[2]).toMatchObject({ ruleId: 'r2', effectiveOn: '2026-04-30' });
  });

  it('takes no late answer for another rule', async () => {
    const { caps, questions, rule } = opened();
    caps.want('h1');
    await settled();
    rule.value = TEN;
    await settled();
    await questions[1]?.done([]);
    await questions[0]?.done(['h1']);
    expect(caps.useOf('h1')?.times).toBe(0);
  });

  it('stays in view while it is asked anew after a sending', async () => {
    const { caps, questions } = opened();
    caps.want('h1');
    await settled();
    await questions[0]?.done([]);
    caps.refresh();
    await settled();
    expect(caps.useOf('h1')?.times).toBe(0);
    await questions[1]?.done(['h1']);
    expect(caps.isFull('h1')).toBe(true);
  });

  it('is asked again where no answer came, as soon as somebody looks', async () => {
    const { caps, questions } = opened();
    caps.want('h1');
    await settled();
    await questions[0]?.fail();
    expect(caps.useOf('h1')).toBeNull();
    caps.want('h1');
    await settled();
    expect(questions).toHaveLength(2);
  });

  it('is full by points for the deed that is written, or for the least while its points are not known', async () => {
    const { caps, questions, points } = opened(TEN);
    caps.want('h1');
    await settled();
    await questions[0]?.done(['h1']);
    const fullAt = (figure: number | null) => {
      points.value = figure;
      return caps.isFull('h1');
    };
    expect([500, 501, -600, null].map(fullAt)).toEqual([false, true, true, false]);
  });
});
