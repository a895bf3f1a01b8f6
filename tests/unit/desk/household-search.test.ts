import { effectScope, nextTick } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Api, Outcome } from '../../../client/api/index.ts';
import { useHouseholdSearch } from '../../../client/desk/households/useHouseholdSearch.ts';

interface Asked {
  readonly q: string | undefined;
  readonly after: string | undefined;
  readonly answer: (names: string[], next?: string | null) => Promise<void>;
  readonly fail: () => Promise<void>;
}

/** A search whose questions are answered by hand. */
function openSearch() {
  const asked: Asked[] = [];
  const call = (_: string, { query }: { query: { q?: string; after?: string } }) =>
    new Promise<Outcome<unknown>>((resolve) => {
      const settle = async (outcome: Outcome<unknown>) => {
        resolve(outcome);
        await flush();
      };
      asked.push({
        q: query.q,
        after: query.after,
        answer: (names, next = null) =>
          settle({
            kind: 'answer',
            filename: null,
            data: { items: names.map((head) => ({ id: head, head })), total: names.length, points: 0, next },
          }),
        fail: () => settle({ kind: 'unknown', reason: 'unreachable' }),
      });
    });
  const scope = effectScope();
  const search = scope.run(() => useHouseholdSearch({ call } as unknown as Api));
  if (!search) throw new Error('no search');
  return { search, asked, stop: () => scope.stop(), heads: () => search.items.map(({ head }) => head) };
}

async function flush(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await nextTick();
}

describe('searching households', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('F16: knows whether what stands there answers what is looked for now', async () => {
    const { search, asked, stop } = openSearch();
    expect(search.isAnswered).toBe(false);
    await asked[0]?.answer(['王小明', '李大娘']);
    expect([search.isAnswered, search.total]).toEqual([true, 2]);
    search.q = '李';
    await flush();
    expect(search.isAnswered).toBe(false);
    vi.advanceTimersByTime(200);
    await asked[1]?.fail();
    expect([search.isAnswered, search.failure?.kind]).toEqual([false, 'unknown']);
    search.q = '';
    await flush();
    expect(search.isAnswered).toBe(true);
    stop();
  });

  it('M6: knows that what stands there is not yet what was typed', async () => {
    const { search, asked, heads } = openSearch();
    await asked[0]?.answer(['王小明']);
    search.q = '李';
    const settled = search.settled();
    // The pause for typing ends while the answer is still on its way: it is not asked for twice.
    await nextTick();
    vi.runAllTimers();
    await asked[1]?.answer(['李四']);
    expect(await settled).toBe(true);
    expect([asked.length, asked[1]?.q, heads()]).toEqual([2, '李', ['李四']]);
  });

  it('M6: says that it is not settled when the answer does not come or the words go on', async () => {
    const { search, asked } = openSearch();
    await asked[0]?.answer(['王小明']);
    search.q = '李';
    await nextTick();
    const first = search.settled();
    await asked[1]?.fail();
    expect(await first).toBe(false);
    const second = search.settled();
    search.q = '李四';
    await nextTick();
    await asked[2]?.answer(['李三', '李四']);
    expect(await second).toBe(false);
  });

  it('asks nothing again when what is typed is what stands there', async () => {
    const { search, asked } = openSearch();
    await asked[0]?.answer([]);
    expect(await search.settled()).toBe(true);
    expect(asked).toHaveLength(1);
  });

  it('drops a late answer, and begins a new list for other words instead of adding to the old', async () => {
    const { search, asked, heads } = openSearch();
    await asked[0]?.answer(['甲'], 'after-甲');
    search.q = '李';
    await nextTick();
    void search.more();
    expect([asked[1]?.q, asked[1]?.after]).toEqual(['李', undefined]);
    search.q = '王';
    await nextTick();
    vi.runAllTimers();
    await asked[2]?.answer(['王五']);
    await asked[1]?.answer(['李四']);
    expect(heads()).toEqual(['王五']);
  });

  it('adds the next page, keeps the list when one cannot be had, and asks nobody after it is left', async () => {
    const { search, asked, heads, stop } = openSearch();
    await asked[0]?.answer(['甲'], 'after-甲');
    void search.more();
    await asked[1]?.answer(['乙'], 'after-乙');
    expect([asked[1]?.after, heads()]).toEqual(['after-甲', ['甲', '乙']]);
    void search.more();
    await asked[2]?.fail();
    expect([heads(), search.pages.moreFailure.value?.kind]).toEqual([['甲', '乙'], 'unknown']);
    search.q = '丙';
    await nextTick();
    stop();
    vi.runAllTimers();
    expect(asked).toHaveLength(3);
  });

  it('M6: fetches all of what was asked for, whatever is typed before the last page has come', async () => {
    const { search, asked } = openSearch();
    await asked[0]?.answer(['王小明']);
    const all = search.everyOne();
    search.q = '李';
    await asked[1]?.answer(['王小明'], 'next');
    expect(asked[2]).toMatchObject({ q: undefined, after: 'next' });
    await asked[2]?.answer(['王大明']);
    expect((await all)?.map(({ head }) => head)).toEqual(['王小明', '王大明']);
  });
});
