import { effectScope, nextTick, reactive, ref, shallowRef } from 'vue';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Api, Outcome } from '../../../client/api/index.ts';
import { useCaps } from '../../../client/desk/award/useCaps.ts';
import type { Cap } from '../../../shared/rules/caps.ts';
import type { Rule } from '../../../shared/rules/contract.ts';

const cap = (fields: Partial<Cap>): Cap => ({
  ...{ period: 'month', scope: 'household', times: null, points: null },
  ...fields,
});
const ONCE = { id: 'r1', version: 1, caps: [cap({ times: 1 })] as readonly Cap[] } as Rule;
const TEN = { ...ONCE, id: 'r2', caps: [cap({ points: 1000 })] };
const FREE = { ...ONCE, id: 'r3', caps: [] };
const EVENT = cap({ period: 'ever', scope: 'event', times: 1 });
/** One of each event, and 60 points a year. */
const PLACES = { ...ONCE, id: 'r4', caps: [EVENT, cap({ period: 'year', points: 6000 })] };
const ONE_EACH = { ...ONCE, id: 'r5', caps: [EVENT] };
const TODAY = '2026-05-20';

interface Question {
  readonly ruleId: string;
  readonly effectiveOn: string;
  readonly ids: string[];
  readonly event: string | undefined;
  /** Answers that these have had a deed of 5 under each cap, or under those that are told; and the others none. */
  done(ids: readonly string[], under?: readonly boolean[]): Promise<void>;
  fail(): Promise<void>;
}

/** A server whose answers come when the test says so. */
function asked() {
  const questions: Question[] = [];
  type Query = Record<'ruleId' | 'effectiveOn' | 'householdIds', string> & { event?: string };
  const call = (_: string, { query }: { query: Query }) =>
    new Promise<Outcome<object>>((resolve) => {
      const settle = async (outcome: Outcome<object>) => {
        resolve(outcome);
        await settled();
      };
      const { ruleId, effectiveOn, householdIds, event } = query;
      const use = (isThere: boolean) =>
        isThere ? { times: 1, points: 500, waiting: 1 } : { times: 0, points: 0, waiting: 0 };
      questions.push({
        ...{ ruleId, effectiveOn, ids: householdIds.split(','), event },
        done: (ids, under = [true, true]) =>
          settle({
            kind: 'answer',
            data: {
              caps: [],
              items: ids.map((householdId) => ({ householdId, uses: under.map(use) })),
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
  const deed = reactive({ effectiveOn: TODAY, member: '', event: '' });
  const chosen = shallowRef<Rule | null>(rule);
  const points = ref<number | null>(500);
  const caps = effectScope().run(() =>
    useCaps(api, {
      ...{ rule: chosen, points, today: ref(TODAY) },
      effectiveOn: () => deed.effectiveOn,
      words: () => deed,
    }),
  );
  if (!caps) throw new Error('no scope');
  /** How often a household had it, under each cap of which that is known. */
  const times = (id: string) => caps.standingOf(id).map(({ use }) => use.times);
  return { questions, deed, rule: chosen, points, caps, times };
}

describe('what stands under a cap, on the screen', () => {
  it('is asked once for all that come into view together, and once for each', async () => {
    const { caps, questions, times } = opened();
    for (const id of ['h1', 'h2', 'h1']) caps.want(id);
    await settled();
    expect(questions.map(({ ids }) => ids)).toEqual([['h1', 'h2']]);
    expect(questions[0]).toMatchObject({ ruleId: 'r1', effectiveOn: TODAY });
    await questions[0]?.done(['h2']);
    expect([times('h1'), times('h2'), times('h3')]).toEqual([[0], [1], []]);
    expect([caps.isFull('h1'), caps.isFull('h2'), caps.isFull('h3')]).toEqual([false, true, false]);
    for (const id of ['h1', 'h3']) caps.want(id);
    await settled();
    expect(questions.map(({ ids }) => ids)).toEqual([['h1', 'h2'], ['h3']]);
  });

  it('is asked for a hundred at a time', async () => {
    const { caps, questions, times } = opened();
    for (let n = 0; n < 250; n++) caps.want(`h${String(n)}`);
    await settled();
    for (let n = 0; n < 3; n++) await questions[n]?.done([]);
    expect(questions.map(({ ids }) => ids.length)).toEqual([100, 100, 50]);
    expect(times('h249')).toEqual([0]);
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
    expect([questions.length, caps.standingOf('h1')]).toMatchObject([1, [{ isNow: true }]]);
    deed.effectiveOn = '2026-04-30';
    await settled();
    expect(questions.length).toBe(2);
    // The answer before was about May.
    expect([caps.standingOf('h1'), caps.isFull('h1')]).toEqual([[], false]);
    await questions[1]?.done(['h1']);
    expect(caps.standingOf('h1')).toMatchObject([{ isNow: false, use: { times: 1 } }]);
    rule.value = TEN;
    await settled();
    expect(questions[2]).toMatchObject({ ruleId: 'r2', effectiveOn: '2026-04-30' });
  });

  it('takes no late answer for another rule', async () => {
    const { caps, questions, rule, times } = opened();
    caps.want('h1');
    await settled();
    rule.value = TEN;
    await settled();
    await questions[1]?.done([]);
    await questions[0]?.done(['h1']);
    expect(times('h1')).toEqual([0]);
  });

  it('stays in view while it is asked anew after a sending', async () => {
    const { caps, questions, times } = opened();
    caps.want('h1');
    await settled();
    await questions[0]?.done([]);
    caps.refresh();
    await settled();
    expect(times('h1')).toEqual([0]);
    await questions[1]?.done(['h1']);
    expect(caps.isFull('h1')).toBe(true);
  });

  it('is asked again where no answer came, as soon as somebody looks', async () => {
    const { caps, questions, times } = opened();
    caps.want('h1');
    await settled();
    await questions[0]?.fail();
    expect(times('h1')).toEqual([]);
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

describe('a cap that counts by a word', () => {
  afterEach(() => vi.useRealTimers());

  async function typed(deed: { event: string }, ...words: readonly string[]): Promise<void> {
    for (const word of words) {
      deed.event = word;
      await settled();
    }
  }

  async function paused(): Promise<void> {
    vi.advanceTimersByTime(1_000);
    await settled();
  }

  it('is asked for nobody until the word is there and the typing has paused', async () => {
    vi.useFakeTimers();
    const { caps, questions, deed, times } = opened(ONE_EACH);
    caps.want('h1');
    await settled();
    await paused();
    expect(questions).toEqual([]);
    await typed(deed, '东', '东头', ' 东头路口 ');
    expect(questions).toEqual([]);
    await paused();
    expect(questions).toMatchObject([{ ids: ['h1'], event: '东头路口' }]);
    await questions[0]?.done(['h1']);
    expect([times('h1'), caps.isFull('h1')]).toEqual([[1], true]);
    expect(caps.standingOf('h1')).toMatchObject([{ about: '东头路口', cap: { scope: 'event' } }]);
  });

  it('leaves the caps of the household known while it is not', async () => {
    vi.useFakeTimers();
    const { caps, questions, deed } = opened(PLACES);
    const known = () => caps.standingOf('h1').map(({ cap: { scope } }) => scope);
    caps.want('h1');
    await settled();
    expect(questions).toMatchObject([{ event: undefined }]);
    // The server counts the deeds without a word.
    await questions[0]?.done(['h1']);
    expect([known(), caps.isFull('h1')]).toEqual([['household'], false]);
    await typed(deed, '东头路口');
    expect(known()).toEqual(['household']);
    await paused();
    await questions[1]?.done(['h1'], [false, true]);
    expect([known(), caps.isFull('h1')]).toEqual([['event', 'household'], false]);
    // Another word is another event.
    await typed(deed, '西头路口');
    expect(known()).toEqual(['household']);
    await paused();
    await questions[2]?.done(['h1'], [true, true]);
    expect([known(), caps.isFull('h1')]).toEqual([['event', 'household'], true]);
  });

  it('takes no answer for the word before', async () => {
    vi.useFakeTimers();
    const { caps, questions, deed, times } = opened(ONE_EACH);
    caps.want('h1');
    await settled();
    await typed(deed, '东头路口');
    await paused();
    await typed(deed, '西头路口');
    await paused();
    await questions[1]?.done([]);
    await questions[0]?.done(['h1']);
    expect(times('h1')).toEqual([0]);
  });

  it('is not asked about again for a word that no cap counts by', async () => {
    vi.useFakeTimers();
    const { caps, questions, deed } = opened(ONCE);
    caps.want('h1');
    await settled();
    await typed(deed, '东头路口');
    await paused();
    expect(questions).toMatchObject([{ event: undefined }]);
  });
});
