import { nextTick, ref } from 'vue';
import { describe, expect, it, vi } from 'vitest';
import type { Stage, Station } from '../../../client/kiosk/composables/station.ts';
import { createScreenLock } from '../../../client/kiosk/composables/createScreenLock.ts';
import { createHandover } from '../../../client/kiosk/shifts/handover.ts';
import { memoryOf } from './fake-counter.ts';

function page(begins: Stage = 'signing_in') {
  const stage = ref<Stage>(begins);
  const signIn = vi.fn<Station['signIn']>(() => Promise.resolve(null));
  const station = { stage, signIn } as unknown as Station;
  const screenLock = createScreenLock({ station, memory: memoryOf(new Map()), hide: () => undefined });
  const handover = createHandover(station, screenLock);
  const go = async (next: Stage) => {
    stage.value = next;
    await nextTick();
  };
  return { handover, screenLock, signIn, go };
}
const dueOf = ({ handover }: ReturnType<typeof page>) => [handover.isDue.value, handover.isUncounted.value];

describe('what the shift before left', () => {
  it('is shown after somebody signed in, until it is answered or the shift ends', async () => {
    const here = page();
    await here.go('open');
    expect(dueOf(here)).toEqual([true, false]);
    here.handover.close();
    expect(dueOf(here)).toEqual([false, false]);
    await here.go('signing_in');
    await here.go('open');
    await here.go('signing_in');
    expect(dueOf(here)).toEqual([false, false]);
  });

  it('is not shown after a reload in the midst of a shift', async () => {
    const here = page('starting');
    await here.go('open');
    expect(dueOf(here)).toEqual([false, false]);
  });

  it('was counted by nobody where another volunteer took over at a locked screen', async () => {
    const here = page('open');
    here.screenLock.lock();
    here.signIn.mockResolvedValueOnce('wrong');
    expect(await here.screenLock.takeOver('v', '000000')).toBe('wrong');
    await nextTick();
    expect([dueOf(here), here.screenLock.isLocked.value]).toEqual([[false, false], true]);
    expect(await here.screenLock.takeOver('v', '482915')).toBeNull();
    await nextTick();
    expect([dueOf(here), here.screenLock.isLocked.value]).toEqual([[true, true], false]);
    here.handover.close();
    expect(dueOf(here)).toEqual([false, false]);
    here.screenLock.lock();
    await here.screenLock.takeOver('v', '482915');
    await here.go('signing_in');
    await here.go('open');
    expect(dueOf(here)).toEqual([true, false]);
  });
});
