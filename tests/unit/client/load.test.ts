import { effectScope } from 'vue';
import { describe, expect, it } from 'vitest';
import { useCall } from '../../../client/ui/useCall.ts';
import { useLoad } from '../../../client/ui/useLoad.ts';
import { handApi, settled } from '../../support/hand-api.ts';

function loading() {
  const hand = handApi();
  const scope = effectScope();
  const loaded = scope.run(() => useLoad((signal) => hand.api.call('goods.list', { signal })));
  if (!loaded) throw new Error('no screen');
  return { ...loaded, calls: hand.calls, leave: () => scope.stop() };
}

describe('what a screen loads', () => {
  it('is asked for at once, and shown when it is there', async () => {
    const { data, loading: isLoading, calls } = loading();
    expect([data.value, isLoading.value, calls.length]).toEqual([null, true, 1]);
    await calls[0]?.answer({ items: [1] });
    expect([data.value, isLoading.value]).toEqual([{ items: [1] }, false]);
  });

  it('is what was asked for last, however late the answers before it come', async () => {
    const { data, reload, calls } = loading();
    void reload();
    await calls[1]?.answer({ items: ['newer'] });
    await calls[0]?.answer({ items: ['older'] });
    expect(data.value).toEqual({ items: ['newer'] });
  });

  it('stays in view while it is asked for again, and when that fails', async () => {
    const { data, failure, reload, calls } = loading();
    await calls[0]?.answer({ items: [1] });
    void reload();
    expect(data.value).toEqual({ items: [1] });
    await calls[1]?.lose();
    expect([data.value, failure.value?.kind]).toEqual([{ items: [1] }, 'unknown']);
    void reload();
    await calls[2]?.answer({ items: [2] });
    expect([data.value, failure.value]).toEqual([{ items: [2] }, null]);
  });

  it('is dropped when the screen is left: its question is called off, its answer changes nothing', async () => {
    const { data, leave, calls } = loading();
    leave();
    expect((calls[0]?.input as { signal?: AbortSignal }).signal?.aborted).toBe(true);
    await calls[0]?.answer({ items: [1] });
    expect(data.value).toBeNull();
  });

  it('is asked for only when told to, where a screen says so', () => {
    const hand = handApi();
    useLoad((signal) => hand.api.call('goods.list', { signal }), { now: false });
    expect(hand.calls).toHaveLength(0);
  });
});

describe('a call without a key', () => {
  it('is made once at a time, and can be made again after it failed', async () => {
    const hand = handApi();
    const { busy, failure, run } = useCall((username: string) =>
      hand.api.call('session.login', { body: { username, password: 'x' } }),
    );
    const [first, second] = [run('a'), run('b')];
    expect(await second).toBeNull();
    expect([busy.value, hand.calls.length]).toEqual([true, 1]);
    await hand.calls[0]?.refuse('auth.wrong');
    expect([await first, busy.value, failure.value?.kind]).toEqual([null, false, 'problem']);
    const third = run('a');
    expect(failure.value).toBeNull();
    await hand.calls[1]?.answer('session');
    expect(await third).toBe('session');
  });

  it('frees the screen when it throws', async () => {
    const { busy, run } = useCall(() => Promise.reject(new Error('broken')));
    await expect(run(null)).rejects.toThrow('broken');
    await settled();
    expect(busy.value).toBe(false);
  });
});
