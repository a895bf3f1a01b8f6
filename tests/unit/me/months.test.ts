import { describe, expect, it } from 'vitest';
import type { View } from '../../../client/me/composables/useAccount.ts';
import { createMonths } from '../../../client/me/composables/useMonths.ts';
import { handApi } from '../../support/hand-api.ts';

const month = (name: string) => ({ month: name, gained: 0, spent: 0, count: 1 });
const line = (number: number) => ({ number });

/** A passbook whose newest month came with its first line, and whose next month is older. */
function passbook() {
  const hand = handApi();
  const view = {
    months: { items: [month('2026-05'), month('2026-04')], next: 'm3' },
    lines: [line(9)],
    next: 'l8',
  } as unknown as View;
  return { ...createMonths(hand.api, view), calls: hand.calls };
}
const numbers = (items: readonly { readonly number: number }[] = []) => items.map(({ number }) => number);

describe('a passbook by months', () => {
  it('begins with the newest one open, whose lines are there already', () => {
    const { months, calls } = passbook();
    expect(months.map(({ isOpen, items }) => [isOpen, numbers(items)])).toEqual([
      [true, [9]],
      [false, []],
    ]);
    expect(calls).toEqual([]);
  });

  it('fetches the lines of a month when it is opened first, and not again', async () => {
    const { months, toggle, calls } = passbook();
    const [, april] = months;
    if (!april) throw new Error('no month');
    const opening = toggle(april);
    expect([months[1]?.isOpen, months[1]?.isBusy]).toEqual([true, true]);
    await calls[0]?.answer({ items: [line(4)], next: null });
    await opening;
    await toggle(april);
    await toggle(april);
    expect([calls.length, numbers(months[1]?.items), months[1]?.isOpen]).toEqual([1, [4], true]);
  });

  it('fetches more of a month from where it stands, one page at a time', async () => {
    const { months, fetchLines, calls } = passbook();
    const [may] = months;
    if (!may) throw new Error('no month');
    void fetchLines(may);
    void fetchLines(may);
    expect(calls.map(({ input }) => input.query)).toEqual([{ month: '2026-05', limit: 30, before: 'l8' }]);
    await calls[0]?.answer({ items: [line(8)], next: null });
    expect(numbers(months[0]?.items)).toEqual([9, 8]);
  });

  it('keeps what is there when more of it cannot be fetched, and says so until it can', async () => {
    const { months, fetchLines, calls } = passbook();
    const [may] = months;
    if (!may) throw new Error('no month');
    void fetchLines(may);
    await calls[0]?.lose();
    expect([months[0]?.failure?.kind, numbers(months[0]?.items)]).toEqual(['unknown', [9]]);
    void fetchLines(may);
    await calls[1]?.answer({ items: [line(8)], next: null });
    expect([months[0]?.failure, numbers(months[0]?.items)]).toEqual([null, [9, 8]]);
  });

  it('adds earlier months once, however often they are asked for', async () => {
    const { months, earlier, earlierFailure, fetchEarlier, calls } = passbook();
    void fetchEarlier();
    void fetchEarlier();
    await calls[0]?.answer({ items: [month('2026-03')], next: null });
    await calls[1]?.answer({ items: [month('2026-03')], next: null });
    expect([months.map((one) => one.month), earlier.value]).toEqual([
      ['2026-05', '2026-04', '2026-03'],
      null,
    ]);
    await fetchEarlier();
    expect([calls.length, earlierFailure.value]).toEqual([2, null]);
  });

  it('says when earlier months cannot be fetched', async () => {
    const { earlier, earlierFailure, fetchEarlier, calls } = passbook();
    void fetchEarlier();
    await calls[0]?.lose();
    expect([earlierFailure.value?.kind, earlier.value]).toEqual(['unknown', 'm3']);
  });
});
