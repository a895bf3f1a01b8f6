import { describe, expect, it } from 'vitest';
import type { AnswerOf } from '../../../client/api/index.ts';
import { useMonthLines } from '../../../client/me/composables/useMonthLines.ts';
import { handApi } from '../../support/hand-api.ts';

const line = (number: number) => ({ number });

/** A month of a passbook; the newest one came with its first line. */
function monthOf({ isNewest = false } = {}) {
  const hand = handApi();
  const first = { items: [line(9)], next: 'l8' } as unknown as AnswerOf<'me.passbook'>;
  const month = useMonthLines(hand.api, '2026-05', isNewest ? first : undefined);
  return { ...month, calls: hand.calls, numbers: () => month.lines.items.value.map(({ number }) => number) };
}

describe('a month of a passbook', () => {
  it('is open if it is the newest one, whose lines are there already', () => {
    const { isOpen, numbers, calls } = monthOf({ isNewest: true });
    expect([isOpen.value, numbers(), calls]).toEqual([true, [9], []]);
  });

  it('fetches its lines when it is opened first, and not again', async () => {
    const { isOpen, lines, toggle, calls, numbers } = monthOf();
    expect([isOpen.value, calls]).toEqual([false, []]);
    const opening = toggle();
    expect([isOpen.value, lines.loading.value]).toEqual([true, true]);
    await calls[0]?.answer({ items: [line(4)], next: null });
    await opening;
    await toggle();
    await toggle();
    expect([calls.length, numbers(), isOpen.value]).toEqual([1, [4], true]);
  });

  it('is fetched once when it is folded and opened while its lines are on their way', async () => {
    const { toggle, calls, numbers } = monthOf();
    void toggle();
    void toggle();
    void toggle();
    expect(calls).toHaveLength(1);
    await calls[0]?.answer({ items: [line(4)], next: null });
    expect(numbers()).toEqual([4]);
  });

  it('fetches more from where it stands, one page at a time', async () => {
    const { lines, calls, numbers } = monthOf({ isNewest: true });
    void lines.more();
    void lines.more();
    expect(calls.map(({ input }) => input.query)).toEqual([{ month: '2026-05', limit: 30, before: 'l8' }]);
    await calls[0]?.answer({ items: [line(8)], next: null });
    expect(numbers()).toEqual([9, 8]);
  });

  it('keeps what is there when more of it cannot be fetched, and says so until it can', async () => {
    const { lines, calls, numbers } = monthOf({ isNewest: true });
    void lines.more();
    await calls[0]?.lose();
    expect([lines.moreFailure.value?.kind, numbers()]).toEqual(['unknown', [9]]);
    void lines.more();
    await calls[1]?.answer({ items: [line(8)], next: null });
    expect([lines.moreFailure.value, numbers()]).toEqual([null, [9, 8]]);
  });
});
