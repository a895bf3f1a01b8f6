import { effectScope, ref } from 'vue';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { formatIn } from '../../../client/i18n/format.ts';
import { todayIn } from '../../../client/i18n/useToday.ts';

const MINUTE_MS = 60_000;

describe('the village’s today on a page that stays open', () => {
  const page = new EventTarget();
  beforeEach(() => {
    vi.stubGlobal('document', page);
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  function open(atMs: number, zone: () => string) {
    vi.setSystemTime(atMs);
    const scope = effectScope();
    const today = scope.run(() => todayIn(zone));
    if (!today) throw new Error('the scope is closed');
    return { today, leave: () => scope.stop() };
  }

  it.each([
    // Beijing's midnight is 16:00 UTC, Urumqi's own 18:00, Kathmandu's 18:15.
    ['Asia/Shanghai', '2026-03-01T15:50:00Z', 9],
    ['Asia/Urumqi', '2026-03-01T17:50:00Z', 9],
    ['Asia/Kathmandu', '2026-03-01T18:05:00Z', 9],
  ])('goes on at midnight in %s, and not before', (zone, openedAt, minutes) => {
    const { today, leave } = open(Date.parse(openedAt), () => zone);
    expect(today.value).toBe('2026-03-01');
    vi.advanceTimersByTime(minutes * MINUTE_MS);
    expect(today.value).toBe('2026-03-01');
    vi.advanceTimersByTime(MINUTE_MS);
    expect(today.value).toBe('2026-03-02');
    vi.advanceTimersByTime(24 * 60 * MINUTE_MS);
    expect(today.value).toBe('2026-03-03');
    leave();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('goes on when a computer wakes that slept over midnight', () => {
    const { today, leave } = open(Date.parse('2026-03-01T14:00:00Z'), () => 'Asia/Shanghai');
    vi.setSystemTime(Date.parse('2026-03-02T01:00:00Z'));
    expect(today.value).toBe('2026-03-01');
    page.dispatchEvent(new Event('visibilitychange'));
    expect(today.value).toBe('2026-03-02');
    leave();
  });

  it('and its clock follow the zone that the village chooses', () => {
    const zone = ref('Asia/Shanghai');
    const atMs = Date.parse('2026-03-01T16:30:00Z');
    const { today, leave } = open(atMs, () => zone.value);
    const format = formatIn(
      () => 'zh-CN',
      () => zone.value,
    );
    expect([today.value, format.moment(atMs)]).toEqual(['2026-03-02', '2026-03-02 00:30']);
    zone.value = 'Asia/Urumqi';
    expect([today.value, format.moment(atMs)]).toEqual(['2026-03-01', '2026-03-01 22:30']);
    leave();
  });
});
