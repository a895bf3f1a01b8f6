import { describe, expect, it } from 'vitest';
import { createShiftMeter, type MeteredShift } from '../../../client/kiosk/shift-meter.ts';
import { SHIFT_IDLE_MS, SHIFT_LASTS_MS } from '../../../shared/kiosk/shift-limits.ts';

const MINUTE = 60_000;
const SHIFT: MeteredShift = { id: 's', hasLastedMs: 0 };

/** A page of a device; `reopen` closes it and opens another. */
function device() {
  const stored = new Map<string, string>();
  const at = { now: 100_000_000, steady: 0 };
  const storage = {
    getItem: (name: string) => stored.get(name) ?? null,
    setItem: (name: string, value: string) => void stored.set(name, value),
  };
  const open = () => createShiftMeter({ storage, now: () => at.now, steady: () => at.steady });
  let meter = open();
  return {
    ...{ at, stored },
    look: (shift = SHIFT) => meter.look(shift),
    use: (shift = SHIFT) => meter.use(shift),
    pass(ms: number) {
      at.now += ms;
      at.steady += ms;
    },
    reopen(closedMs = 0) {
      at.now += closedMs;
      at.steady = 0;
      meter = open();
    },
  };
}

/** Uses the counter every ten minutes for so long. */
function serve(page: ReturnType<typeof device>, ms: number): void {
  for (let passed = 0; passed < ms; passed += 10 * MINUTE) {
    page.pass(Math.min(10 * MINUTE, ms - passed));
    page.use();
  }
}

describe('a shift on a device', () => {
  it('is over half an hour after somebody used it last, and stays over', () => {
    const page = device();
    page.use();
    page.pass(29 * MINUTE);
    page.use();
    page.pass(SHIFT_IDLE_MS - 1);
    expect(page.look()).toBeNull();
    page.pass(1);
    page.use();
    expect(page.look()).toBe('idle');
  });

  it('is over after twelve hours, however much it is used', () => {
    const page = device();
    page.use();
    serve(page, SHIFT_LASTS_MS - 1);
    expect(page.look()).toBeNull();
    page.pass(1);
    expect(page.look()).toBe('long');
    // The next one begins anew.
    expect(page.look({ id: 'next', hasLastedMs: 0 })).toBeNull();
  });

  it('is not prolonged by a clock that is set back, and a device that slept has slept', () => {
    const page = device();
    page.use();
    page.at.now -= 3 * 3_600_000;
    page.at.steady += SHIFT_IDLE_MS;
    expect(page.look()).toBe('idle');
    const asleep = device();
    asleep.use();
    asleep.at.now += SHIFT_IDLE_MS;
    expect(asleep.look()).toBe('idle');
  });

  it('goes on through reloads, and what passed while no page was open counts', () => {
    const page = device();
    page.use();
    serve(page, SHIFT_LASTS_MS - 30 * MINUTE);
    page.reopen(10 * MINUTE);
    expect(page.look()).toBeNull();
    page.use();
    page.pass(20 * MINUTE);
    expect(page.look()).toBe('long');
    const idle = device();
    idle.use();
    idle.pass(20 * MINUTE);
    idle.look();
    idle.reopen(10 * MINUTE);
    idle.use();
    expect(idle.look()).toBe('idle');
  });

  it('keeps through a reload what it had lasted, though the clock is set back each time', () => {
    const page = device();
    page.use();
    for (let hour = 0; hour < 12; hour += 1) {
      serve(page, 60 * MINUTE);
      page.reopen(-3 * 3_600_000);
    }
    // Each page loses no more than its last quarter of a minute.
    page.pass(4 * MINUTE);
    expect(page.look()).toBe('long');
  });

  it('that began elsewhere has lasted since then, and a spoilt note measures from there', () => {
    const begun = { id: 'servers', hasLastedMs: SHIFT_LASTS_MS - MINUTE };
    const page = device();
    expect(page.look(begun)).toBeNull();
    page.stored.set('jishan.kiosk.shift-meter', '{"id":"servers","lastedMs":null}');
    page.reopen();
    page.look(begun);
    page.pass(MINUTE);
    expect(page.look(begun)).toBe('long');
    expect(device().look({ id: 'ahead', hasLastedMs: -5 * 3_600_000 })).toBeNull();
  });
});
