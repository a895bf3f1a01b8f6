/** Whether the server is there: known within five seconds, and the server's clock with it. */
import { describe, expect, it, vi } from 'vitest';
import type { Api, Outcome } from '../../../client/api/index.ts';
import { createLook, createRounds } from '../../../client/kiosk/composables/useConnection.ts';
import { createStation } from '../../../client/kiosk/composables/useStation.ts';
import { createMemory } from '../../../client/kiosk/memory.ts';
import { createServerClock } from '../../../client/kiosk/server-clock.ts';
import { askPulse, PULSE_LIMIT_MS } from '../../../client/kiosk/server-pulse.ts';

const THERE: Outcome<null> = { kind: 'answer', data: null, filename: null };
const GONE: Outcome<null> = { kind: 'unknown', reason: 'unreachable' };

function storageOf(entries: readonly (readonly [string, string])[] = []) {
  const kept = new Map(entries);
  return {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => void kept.set(name, value),
    removeItem: (name: string) => void kept.delete(name),
  };
}

function openStation({ paired = true } = {}) {
  let nowMs = 1_000_000;
  let pulse: Outcome<null> = THERE;
  const server = { nowMs: 1_000_000, isThere: true, asked: 0 };
  const plainApi = {
    call: () => {
      server.asked += 1;
      if (!server.isThere) return Promise.resolve(GONE);
      const data = { village: {}, kiosk: {}, volunteers: [], shift: null, nowMs: server.nowMs };
      return Promise.resolve({ kind: 'answer', data, filename: null });
    },
  } as unknown as Api;
  const memory = createMemory(storageOf(paired ? [['jishan.kiosk.device', 'd']] : []));
  const now = () => nowMs;
  const station = createStation({ plainApi, memory, now });
  const clock = createServerClock({ storage: storageOf(), now, steady: now });
  const onBack = vi.fn();
  const look = createLook({ station, askPulse: () => Promise.resolve(pulse), clock, onBack, now });
  return {
    ...{ station, clock, onBack, look, server },
    pass: (ms: number) => void (nowMs += ms),
    pulse: (is: Outcome<null>) => void (pulse = is),
  };
}

describe('the connection', () => {
  it('is lost with one pulse that is not answered, and nothing else is asked', async () => {
    const { station, look, pulse, server } = openStation();
    await look(true);
    expect(server.asked).toBe(1);
    pulse(GONE);
    await look();
    expect(station.isConnected.value).toBe(false);
    expect(server.asked).toBe(1);
  });

  it('is looked at one look at a time, and again after a look that failed', async () => {
    const looks: ((failed?: Error) => void)[] = [];
    const look = vi.fn(
      () =>
        new Promise<void>((resolve, reject) => {
          looks.push((failed) => (failed === undefined ? resolve() : reject(failed)));
        }),
    );
    const again: (() => void)[] = [];
    const lookNow = createRounds(look, (run) => void again.push(run));
    const first = lookNow(true);
    await lookNow(true);
    expect([look.mock.calls, again]).toEqual([[[true]], []]);
    looks[0]?.(new Error('the storage refuses'));
    await expect(first).rejects.toThrow('the storage refuses');
    expect(again).toHaveLength(1);
    again[0]?.();
    expect(look.mock.calls).toEqual([[true], [false]]);
    looks[1]?.();
    await vi.waitFor(() => expect(again).toHaveLength(2));
  });

  it('asks for the state twice a minute while all is well', async () => {
    const { look, server, pass } = openStation();
    for (let time = 0; time < 30; time += 1) {
      await look();
      pass(2000);
    }
    expect(server.asked).toBe(2);
  });

  it('asks for the state as soon as the server is back, and tells that it is', async () => {
    const { station, look, pulse, server, onBack } = openStation();
    await look();
    pulse(GONE);
    await look();
    pulse(THERE);
    await look();
    expect(station.isConnected.value).toBe(true);
    expect(server.asked).toBe(2);
    expect(onBack).toHaveBeenCalledTimes(1);
  });

  it('is not back while the state is not answered', async () => {
    const { station, look, pulse, server, onBack } = openStation();
    pulse(GONE);
    await look();
    pulse(THERE);
    server.isThere = false;
    await look();
    expect(station.isConnected.value).toBe(false);
    expect(onBack).not.toHaveBeenCalled();
    server.isThere = true;
    await look();
    expect(onBack).toHaveBeenCalledTimes(1);
  });

  it('is known before the device is paired', async () => {
    const { station, look, pulse, server } = openStation({ paired: false });
    await look();
    expect(station.isConnected.value).toBe(true);
    pulse(GONE);
    await look();
    expect(station.isConnected.value).toBe(false);
    expect(server.asked).toBe(0);
  });

  it('asks the practice’s own server alone', async () => {
    const { station } = openStation();
    const look = createLook({ station, askPulse: null, clock: null, onBack: vi.fn(), now: () => 0 });
    await look();
    expect(station.state.value).not.toBeNull();
  });

  it('hears the server’s clock with the state', async () => {
    const { clock, look, server } = openStation();
    server.nowMs += 3 * 3_600_000;
    await look();
    expect(clock.seen.value).toBe(3 * 3_600_000);
  });
});

describe('a pulse', () => {
  const answers = (body: string, status = 200) =>
    askPulse(() => Promise.resolve(new Response(body, { status })));

  it('is the server’s own answer', async () => {
    expect(await answers('{"status":"ok"}')).toEqual(THERE);
  });

  it('is also a problem in the server’s words', async () => {
    expect(await answers('{"code":"request.too_many"}', 429)).toEqual(THERE);
  });

  it('is none by the log-in page of a network, a gateway without a server, or another’s JSON', async () => {
    for (const [body, status] of [
      ['<html>log in</html>', 200],
      ['<html>bad gateway</html>', 502],
      ['{"status":"ok"}', 503],
      ['null', 200],
      ['{}', 200],
    ] as const)
      expect(await answers(body, status)).toEqual(GONE);
  });

  it('is given up after two and a half seconds, so that five are kept', async () => {
    vi.useFakeTimers();
    try {
      const silent = askPulse(
        (_, init) =>
          new Promise((_resolve, reject) => {
            init?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
          }),
      );
      await vi.advanceTimersByTimeAsync(PULSE_LIMIT_MS);
      expect(await silent).toEqual({ kind: 'unknown', reason: 'timeout' });
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the server’s clock', () => {
  function openClock(storage = storageOf()) {
    const at = { now: 10_000_000, steady: 0 };
    const clock = createServerClock({ storage, now: () => at.now, steady: () => at.steady });
    const pass = (ms: number) => {
      at.now += ms;
      at.steady += ms;
    };
    return { clock, at, pass, storage };
  }

  it('is unknown until it is heard', () => {
    expect(openClock().clock.offsetMs()).toBeNull();
  });

  it('is the middle of the question’s time', () => {
    const { clock } = openClock();
    clock.hear(10_001_000, 400);
    expect(clock.offsetMs()).toBe(1200);
  });

  it('is remembered by the device', () => {
    const { clock, storage } = openClock();
    clock.hear(10_000_000 - 7_200_000);
    expect(openClock(storage).clock.offsetMs()).toBe(-7_200_000);
  });

  it('follows a clock that is set back, and forgives small steps', () => {
    const { clock, at, pass } = openClock();
    clock.hear(10_000_000);
    pass(30_000);
    at.now -= 20_000;
    expect(clock.offsetMs()).toBe(0);
    at.now -= 3 * 3_600_000;
    expect(clock.offsetMs()).toBe(3 * 3_600_000 + 20_000);
    expect(clock.offsetMs()).toBe(3 * 3_600_000 + 20_000);
  });

  it('does not take sleep for a clock that was set', () => {
    const { clock, at } = openClock();
    clock.hear(10_000_000);
    at.now += 8 * 3_600_000;
    expect(clock.offsetMs()).toBe(0);
  });

  it('is believed no further ahead than this page has run, and never behind', () => {
    const { clock, at, pass } = openClock();
    clock.hear(20_000_000);
    at.now += 24 * 3_600_000;
    expect(clock.serverMs()).toBe(20_000_000);
    at.now -= 48 * 3_600_000;
    pass(5000);
    expect(clock.serverMs()).toBe(20_005_000);
    clock.hear(20_060_000, 2000);
    expect(clock.serverMs()).toBe(20_061_000);
  });

  it('begins with the device’s clock in the next page, and no earlier than the newest time that it heard', () => {
    const { clock, storage, pass } = openClock();
    clock.hear(20_000_000);
    pass(90_000);
    expect(clock.serverMs()).toBe(20_090_000);
    const later = createServerClock({ storage, now: () => 10_500_000, steady: () => 0 });
    expect([later.serverMs(), later.offsetMs()]).toEqual([20_500_000, 10_000_000]);
    // The clock was set back while no page was open: the server's time goes on from there, and rows say so.
    const back = createServerClock({ storage, now: () => 1000, steady: () => 0 });
    expect([back.serverMs(), back.offsetMs(), back.seen.value]).toEqual([20_090_000, 20_089_000, 20_089_000]);
  });

  it('has no floor in a time that the server never told', () => {
    const { clock, storage, pass } = openClock();
    pass(3_600_000);
    expect(clock.serverMs()).toBe(13_600_000);
    const right = createServerClock({ storage, now: () => 5_000_000, steady: () => 0 });
    expect(right.serverMs()).toBe(5_000_000);
  });

  it('reads nothing from a spoilt note', () => {
    const storage = storageOf([['jishan.kiosk.clock', 'half']]);
    expect(openClock(storage).clock.offsetMs()).toBeNull();
  });
});
