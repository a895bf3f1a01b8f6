import { ref } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Outcome } from '../../../client/api/outcome.ts';
import { findByName, type FoundByName } from '../../../client/kiosk/ports/find-by-name.ts';
import { answer, lost, problem } from './counter/shop-of-three.ts';
import { askedServer } from './fake-counter.ts';

const SERVERS: FoundByName = {
  items: [{ id: 'B', number: '002', head: '何*华', group: '第二组' }],
  more: false,
};
const COPIED: FoundByName = {
  items: [{ id: 'A', number: '001', head: '王*明', group: '第一组' }],
  more: true,
  isCopied: true,
};

/** Looks for one name; `copy` is what the device keeps. */
function looking({
  isConnected,
  copy,
}: {
  isConnected: boolean;
  copy: FoundByName | null | 'damaged' | 'none';
}) {
  const { calls, plainApi, reply } = askedServer();
  const find = vi.fn(() =>
    copy === 'damaged' ? Promise.reject(new Error('damaged')) : Promise.resolve(copy),
  );
  const alone = copy === 'none' ? null : { find: find as () => Promise<FoundByName | null> };
  let told: Outcome<FoundByName> | undefined;
  const found = findByName({ api: plainApi, isConnected: ref(isConnected) }, alone, '王');
  void found.then((outcome) => (told = outcome));
  return { calls, reply, find, found, told: () => told };
}

describe('looking for a household by name', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('asks the copy alone while the server is gone', async () => {
    const { found, calls, find } = looking({ isConnected: false, copy: COPIED });
    expect([await found, calls, find.mock.calls]).toEqual([answer(COPIED), [], [['王']]]);
  });

  it('asks the server alone while it is there', async () => {
    const { found, find, calls } = looking({ isConnected: true, copy: COPIED });
    expect(calls).toMatchObject([{ id: 'kiosk.find', input: { body: { name: '王' } } }]);
    calls[0]?.answer(answer(SERVERS));
    expect(await found).toEqual(answer(SERVERS));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(find).not.toHaveBeenCalled();
  });

  it('takes the refusal of a server that answers', async () => {
    const { found, find, calls } = looking({ isConnected: true, copy: COPIED });
    const often = problem('kiosk.looked_often');
    calls[0]?.answer(often);
    expect([await found, find.mock.calls]).toEqual([often, []]);
  });

  it('asks the copy where the server gives no answer, at once or after three seconds', async () => {
    const gone = looking({ isConnected: true, copy: COPIED });
    gone.calls[0]?.answer(lost);
    expect(await gone.found).toEqual(answer(COPIED));
    const hanging = looking({ isConnected: true, copy: COPIED });
    await vi.advanceTimersByTimeAsync(2999);
    expect(hanging.told()).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(await hanging.found).toEqual(answer(COPIED));
  });

  it.each([null, 'damaged', 'none'] as const)(
    'says that there is no network where the copy is %s, and waits for a slow server',
    async (copy) => {
      const gone = looking({ isConnected: false, copy });
      await vi.waitFor(() => expect(gone.calls).toHaveLength(1));
      gone.calls[0]?.answer(lost);
      expect(await gone.found).toEqual(lost);
      const slow = looking({ isConnected: true, copy });
      await vi.advanceTimersByTimeAsync(5000);
      expect(slow.told()).toBeUndefined();
      slow.calls[0]?.answer(answer(SERVERS));
      expect(await slow.found).toEqual(answer(SERVERS));
    },
  );
});
