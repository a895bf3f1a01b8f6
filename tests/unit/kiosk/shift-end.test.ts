import { nextTick, ref, shallowRef } from 'vue';
import { describe, expect, it, vi } from 'vitest';
import { createShiftEnd } from '../../../client/kiosk/composables/createShiftEnd.ts';
import type { OverBy } from '../../../client/kiosk/shift-meter.ts';

/** A shift on duty without network; its meter is the test. */
function shiftEnd({ isKept = true } = {}) {
  const stage = ref('open');
  const isConnected = ref(false);
  const isLocalShift = ref(true);
  const isLocked = ref(false);
  const isSigningIn = ref(false);
  const counter = { place: { at: 'waiting' }, state: { overlay: { dialog: null as string | null } } };
  const meter = { over: null as OverBy | null, looked: [] as unknown[], uses: 0 };
  const shift = { id: 's', startedAtMs: 1_000_000 };
  const endShiftHere = vi.fn(() => {
    if (isKept) stage.value = 'signing_in';
    return Promise.resolve(isKept);
  });
  const end = createShiftEnd({
    station: {
      ...{ stage, isConnected, isLocalShift, isSigningIn, endShiftHere },
      ...{ state: shallowRef({ shift }), shiftId: () => 's' },
    } as never,
    meter: {
      look(one) {
        meter.looked.push(one);
        return meter.over;
      },
      use: () => void (meter.uses += 1),
    },
    ...{ isLocked, counter: () => counter as never },
    ...{ now: () => 1_005_000, serverMs: () => 1_009_000 },
  });
  return {
    ...{ end, stage, isConnected, isLocalShift, isLocked, isSigningIn, counter, meter, endShiftHere },
  };
}

describe('the end of a shift without the server', () => {
  it('comes when it is over, and is told until somebody is on duty again', async () => {
    const { end, meter, stage, endShiftHere } = shiftEnd();
    end.look();
    expect([end.isOver(), endShiftHere.mock.calls.length]).toEqual([false, 0]);
    meter.over = 'idle';
    expect(end.isOver()).toBe(true);
    end.look();
    end.look();
    await nextTick();
    expect([end.endedBy.value, endShiftHere.mock.calls.length, end.isOver()]).toEqual(['idle', 1, false]);
    stage.value = 'open';
    await nextTick();
    expect(end.endedBy.value).toBeNull();
  });

  it.each(['serving', 'looking', 'sending', 'pin', 'vouch', 'done'])('waits while it is %s', (at) => {
    const { end, meter, counter, endShiftHere } = shiftEnd();
    meter.over = 'long';
    counter.place.at = at;
    end.look();
    expect([endShiftHere.mock.calls.length, end.isOver()]).toEqual([0, true]);
    counter.place.at = 'waiting';
    end.look();
    expect(endShiftHere).toHaveBeenCalledTimes(1);
  });

  it('waits for whoever counts the shelf or types a PIN, not for a page that nobody touches', () => {
    const { end, meter, counter, isSigningIn, endShiftHere } = shiftEnd();
    counter.state.overlay.dialog = 'shiftEnd';
    meter.over = 'long';
    end.look();
    meter.over = 'idle';
    isSigningIn.value = true;
    end.look();
    expect(endShiftHere).not.toHaveBeenCalled();
    isSigningIn.value = false;
    end.look();
    expect(endShiftHere).toHaveBeenCalledTimes(1);
  });

  it('is tried again where the disk refuses, and nothing new begins meanwhile', async () => {
    const { end, meter, endShiftHere } = shiftEnd({ isKept: false });
    meter.over = 'long';
    end.look();
    await nextTick();
    await nextTick();
    expect([end.isOver(), end.endedBy.value]).toEqual([true, null]);
    end.look();
    expect(endShiftHere).toHaveBeenCalledTimes(2);
  });

  it('is the server’s own matter where it can be reached, unless it does not know of the shift', () => {
    const { end, meter, isConnected, isLocalShift, endShiftHere } = shiftEnd();
    meter.over = 'long';
    isConnected.value = true;
    expect(end.isOver()).toBe(true);
    isLocalShift.value = false;
    end.look();
    expect([end.isOver(), endShiftHere.mock.calls.length]).toEqual([false, 0]);
  });

  it('measures a shift by the clock that it began by', () => {
    const { end, meter, isLocalShift } = shiftEnd();
    end.look();
    isLocalShift.value = false;
    end.look();
    expect(meter.looked).toEqual([
      { id: 's', hasLastedMs: 5000 },
      { id: 's', hasLastedMs: 9000 },
    ]);
  });

  it('is put off by hands and scanners, and not by keys at a locked screen, which its PIN opens', async () => {
    const { end, meter, isLocked, stage } = shiftEnd();
    end.use();
    isLocked.value = true;
    await nextTick();
    end.use();
    expect(meter.uses).toBe(1);
    isLocked.value = false;
    await nextTick();
    expect(meter.uses).toBe(2);
    stage.value = 'signing_in';
    end.use();
    expect(meter.uses).toBe(2);
  });
});
