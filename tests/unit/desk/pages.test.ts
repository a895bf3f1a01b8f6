import { createApp, effectScope, nextTick } from 'vue';
import { createMemoryHistory, createRouter } from 'vue-router';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inMonths, usePassbook } from '../../../client/desk/households/passbook/usePassbook.ts';
import { useEntries } from '../../../client/desk/books/useEntries.ts';
import type { PassbookLine } from '../../../shared/ledger/passbook.ts';
import { handApi, settled } from '../../support/hand-api.ts';

const line = (number: number, effectiveOn: string, amount: number) =>
  ({ number, effectiveOn, amount }) as PassbookLine;

describe('the lines of a passbook', () => {
  function passbook() {
    const hand = handApi();
    const scope = effectScope();
    const book = scope.run(() => usePassbook(hand.api, 'h'));
    if (!book) throw new Error('no screen');
    return { ...book, calls: hand.calls, leave: () => scope.stop() };
  }
  const queries = (calls: ReturnType<typeof passbook>['calls']) => calls.map(({ input }) => input.query);

  it('come page by page, once at a time, to the first there ever was', async () => {
    const book = passbook();
    void book.more();
    expect(book.calls).toHaveLength(1);
    await book.calls[0]?.answer({ items: [line(3, '2026-05-03', 5)], next: 'c2' });
    void book.more();
    void book.more();
    expect(book.calls).toHaveLength(2);
    await book.calls[1]?.answer({ items: [line(2, '2026-05-01', 5)], next: null });
    expect([book.data.value?.map(({ number }) => number), book.hasMore.value]).toEqual([[3, 2], false]);
    expect(queries(book.calls)).toEqual([{ limit: 50 }, { limit: 50, before: 'c2' }]);
  });

  it('are all fetched for a print, or until there are enough', async () => {
    const book = passbook();
    const enough = book.all(({ effectiveOn }) => effectiveOn < '2026-05');
    await book.calls[0]?.answer({ items: [line(3, '2026-05-03', 5)], next: 'c2' });
    await book.calls[1]?.answer({ items: [line(2, '2026-04-30', 5)], next: 'c3' });
    expect([await enough, book.calls.length]).toEqual([true, 2]);
    const all = book.all();
    await book.calls[2]?.lose();
    expect([await all, book.moreFailure.value?.kind, book.data.value?.length]).toEqual([false, 'unknown', 2]);
    const again = book.all();
    await book.calls[3]?.answer({ items: [line(1, '2026-01-01', 5)], next: null });
    expect([await again, book.moreFailure.value, book.data.value?.length]).toEqual([true, null, 3]);
  });

  it('change no more when the page is left', async () => {
    const book = passbook();
    const all = book.all();
    book.leave();
    await book.calls[0]?.answer({ items: [line(3, '2026-05-03', 5)], next: null });
    expect([await all, book.data.value]).toEqual([false, null]);
  });

  it('are summed by month, what came and what went', () => {
    const months = inMonths([line(3, '2026-05-03', 5), line(2, '2026-05-01', -2), line(1, '2026-04-30', 1)]);
    expect(months.map(({ name, gained, spent }) => [name, gained, spent])).toEqual([
      ['2026-05', 5, -2],
      ['2026-04', 1, 0],
    ]);
  });
});

describe('the entries of the ledger', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => vi.useRealTimers());

  async function ledger(address = '/') {
    const hand = handApi();
    const router = createRouter({
      history: createMemoryHistory(),
      routes: [{ path: '/', component: { render: () => null } }],
    });
    await router.push(address);
    const app = createApp({ render: () => null }).use(router);
    const scope = effectScope();
    const entries = app.runWithContext(() => scope.run(() => useEntries(hand.api)));
    if (!entries) throw new Error('no screen');
    return { ...entries, ...entries.pages, router, calls: hand.calls, leave: () => scope.stop() };
  }
  const entry = (number: number) => ({ number });

  it('are filtered by the address, and what it cannot mean is left out', async () => {
    const { filters, calls, isFiltered } = await ledger('/?kind=stock_in&from=2026-05-01&to=yesterday');
    expect(filters).toMatchObject({ kind: 'stock_in', from: '2026-05-01', to: '' });
    expect([isFiltered.value, calls[0]?.input.query]).toMatchObject([
      true,
      { kind: 'stock_in', from: '2026-05-01', to: undefined },
    ]);
  });

  it('follow what is typed after a pause, in the address too, and the newest question alone', async () => {
    const { filters, data: entries, calls, router } = await ledger();
    filters.q = 'ri';
    await nextTick();
    filters.q = 'rice';
    await nextTick();
    expect(calls).toHaveLength(1);
    vi.advanceTimersByTime(300);
    await settled();
    expect(calls.map(({ input }) => (input.query as { q?: string }).q)).toEqual([undefined, 'rice']);
    expect(router.currentRoute.value.query).toEqual({ q: 'rice' });
    await calls[1]?.answer({ items: [entry(2)], next: null });
    await calls[0]?.answer({ items: [entry(1)], next: null });
    expect(entries.value).toEqual([entry(2)]);
  });

  it('come page by page; a page that fails leaves those in view, and is asked for again', async () => {
    const { data: entries, moreFailure: failure, more, calls } = await ledger();
    await calls[0]?.answer({ items: [entry(3)], next: 2 });
    void more();
    await calls[1]?.lose();
    expect([entries.value, failure.value?.kind]).toEqual([[entry(3)], 'unknown']);
    void more();
    await calls[2]?.answer({ items: [entry(2)], next: null });
    expect([entries.value, failure.value]).toEqual([[entry(3), entry(2)], null]);
    expect(calls.map(({ input }) => (input.query as { before?: number }).before)).toEqual([undefined, 2, 2]);
  });

  it('begin at the beginning when a filter changes, whatever page is still on its way', async () => {
    const { filters, data: entries, more, calls } = await ledger();
    await calls[0]?.answer({ items: [entry(3)], next: 2 });
    void more();
    filters.kind = 'stock_in';
    await nextTick();
    await calls[2]?.answer({ items: [entry(9)], next: null });
    await calls[1]?.answer({ items: [entry(2)], next: null });
    expect(entries.value).toEqual([entry(9)]);
  });

  it('are no more asked for when the page is left', async () => {
    const { filters, data: entries, calls, leave } = await ledger();
    filters.q = 'rice';
    await nextTick();
    leave();
    vi.advanceTimersByTime(300);
    await calls[0]?.answer({ items: [entry(1)], next: null });
    expect([entries.value, calls.length]).toEqual([null, 1]);
  });
});
