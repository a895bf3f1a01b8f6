import { createApp, effectScope } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { accountKey, type Account, type Goal } from '../../../client/me/composables/useAccount.ts';
import { useGoal } from '../../../client/me/composables/useGoal.ts';
import { handApi, settled } from '../../support/hand-api.ts';

describe('what a household saves for', () => {
  beforeEach(() => vi.stubGlobal('window', new EventTarget()));
  afterEach(() => vi.unstubAllGlobals());

  function goods() {
    const hand = handApi();
    const set: (Goal | null)[] = [];
    const chosen: (Goal | null)[] = [];
    const app = createApp({ render: () => null });
    app.provide(accountKey, {
      api: hand.api,
      setGoal: (goal: Goal | null) => void set.push(goal),
    } as unknown as Account);
    const scope = effectScope();
    const goal = app.runWithContext(() => scope.run(() => useGoal((now) => void chosen.push(now))));
    if (!goal) throw new Error('no screen');
    return { goal, set, chosen, calls: hand.calls, leave: () => scope.stop() };
  }

  it('is chosen and shown, or nothing any more', async () => {
    const { goal, set, chosen, calls } = goods();
    void goal.run({ goodsId: 'g' });
    await settled();
    await calls[0]?.answer({ goal: { goodsId: 'g' } });
    void goal.run({ goodsId: null });
    await settled();
    await calls[1]?.answer({ goal: null });
    expect([set, chosen]).toEqual([
      [{ goodsId: 'g' }, null],
      [{ goodsId: 'g' }, null],
    ]);
    expect(calls.map(({ body }) => body)).toEqual([{ goodsId: 'g' }, { goodsId: null }]);
    expect(calls[0]?.key).not.toBe(calls[1]?.key);
  });

  it('is asked about, and not another item instead, while nobody knows whether it was noted', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const { goal, set, calls } = goods();
    void goal.run({ goodsId: 'g' });
    await settled();
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await calls[attempt]?.lose();
      await vi.advanceTimersByTimeAsync(5_000);
    }
    expect(goal.unclear).toEqual({ goodsId: 'g' });
    void goal.run({ goodsId: 'another' });
    await settled();
    await calls[3]?.answer({ goal: { goodsId: 'g' } });
    expect([set, new Set(calls.map(({ key }) => key)).size]).toEqual([[{ goodsId: 'g' }], 1]);
    vi.useRealTimers();
  });

  it('is not shown on the page of another household', async () => {
    const { goal, set, chosen, calls, leave } = goods();
    void goal.run({ goodsId: 'g' });
    await settled();
    leave();
    await calls[0]?.answer({ goal: { goodsId: 'g' } });
    expect([set, chosen]).toEqual([[], []]);
  });
});
