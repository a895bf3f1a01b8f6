import { ref, shallowRef } from 'vue';
import { describe, expect, it } from 'vitest';
import { isAtRest, watchTouches } from '../../../client/kiosk/at-rest.ts';
import { NOTHING_OVER } from '../../../client/kiosk/counter/state.ts';

interface Shown {
  readonly at?: string;
  readonly dialog?: string | null;
  readonly isHistoryOpen?: boolean;
  readonly view?: string;
  readonly returning?: string;
  readonly isSigningIn?: boolean;
  readonly paper?: object | null;
}

function rests({
  at = 'waiting',
  view = 'closed',
  returning = 'closed',
  isSigningIn = false,
  paper = null,
  ...over
}: Shown): boolean {
  const counter = { state: { place: { at }, overlay: { ...NOTHING_OVER, ...over } } };
  const kiosk = {
    ...{ counter, statements: { view: ref(view) }, returns: { view: ref(returning) } },
    printer: { paper: shallowRef(paper) },
  };
  return isAtRest({ isSigningIn: ref(isSigningIn) }, kiosk as never);
}

describe('a counter', () => {
  it('is at rest while it waits or is shut', () => {
    expect([rests({}), rests({ at: 'shut' })]).toEqual([true, true]);
  });

  it.each<Shown>([
    { at: 'looking' },
    { at: 'serving' },
    { at: 'pin' },
    { at: 'vouch' },
    { at: 'sending' },
    { at: 'done' },
    { dialog: 'find' },
    { dialog: 'shiftEnd' },
    { isHistoryOpen: true },
    { view: 'asking' },
    { view: 'shown' },
    { returning: 'choosing' },
    { at: 'shut', isSigningIn: true },
    { paper: {} },
  ])('is not at rest with %o', (shown) => {
    expect(rests(shown)).toBe(false);
  });
});

describe('a page that nobody touches', () => {
  it('is known as that after a minute, from the last touch or key on', () => {
    let nowMs = 1_000_000;
    const heard = new Map<string, () => void>();
    const isUntouched = watchTouches(
      {
        addEventListener: (type: string, listener: unknown) => heard.set(type, listener as () => void),
      } as never,
      () => nowMs,
    );
    nowMs += 60_000;
    expect(isUntouched()).toBe(false);
    nowMs += 1;
    expect(isUntouched()).toBe(true);
    for (const type of ['pointerdown', 'keydown']) {
      heard.get(type)?.();
      expect(isUntouched()).toBe(false);
      nowMs += 60_001;
      expect(isUntouched()).toBe(true);
    }
    heard.get('keydown')?.();
    nowMs -= 3_600_000;
    expect(isUntouched()).toBe(true);
  });
});
