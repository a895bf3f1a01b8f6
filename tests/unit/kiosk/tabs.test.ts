import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createTabs } from '../../../client/kiosk/tabs.ts';

type Listener = (event: { key: string; newValue: string }) => void;

/** One device: what one window stores, the others hear. */
function device() {
  const windows = new Map<string, Listener>();
  /** Frozen by the browser: what they would have heard comes when they go on. */
  const unheard = new Map<string, Parameters<Listener>[0][]>();

  function open(id: string, kept = new Map<string, string>()) {
    const stepBack = vi.fn();
    const tabs = createTabs({
      id,
      stepBack,
      page: {
        addEventListener: (_type: string, listener: Listener) => void windows.set(id, listener),
        setTimeout: (run: () => void, ms: number) => setTimeout(run, ms),
      } as unknown as Pick<Window, 'addEventListener' | 'setTimeout'>,
      shared: {
        setItem(key, newValue) {
          for (const [other, hear] of windows) {
            const held = unheard.get(other);
            if (held) held.push({ key, newValue });
            else if (other !== id) hear({ key, newValue });
          }
        },
      },
      own: {
        getItem: (name) => kept.get(name) ?? null,
        setItem: (name, value) => void kept.set(name, value),
        removeItem: (name) => void kept.delete(name),
      },
    });
    return {
      ...{ ...tabs, stepBack, kept, close: () => windows.delete(id) },
      freeze: () => void unheard.set(id, []),
      goOn() {
        const events = unheard.get(id) ?? [];
        unheard.delete(id);
        for (const event of events) windows.get(id)?.(event);
      },
    };
  }

  return { open };
}

async function entered(...windows: { enter: () => Promise<boolean> }[]): Promise<boolean[]> {
  const answers = Promise.all(windows.map((window) => window.enter()));
  await vi.advanceTimersByTimeAsync(2000);
  return answers;
}

describe('two windows of one kiosk', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });

  it('let the first work and send the second back, until the first is closed', async () => {
    const { open } = device();
    const first = open('a');
    expect(await entered(first)).toEqual([true]);
    expect(await entered(open('b'))).toEqual([false]);
    expect(first.stepBack).not.toHaveBeenCalled();
    first.close();
    expect(await entered(open('c'))).toEqual([true]);
  });

  it('opened at the same moment, one works', async () => {
    const { open } = device();
    expect(await entered(open('a'), open('b'))).toEqual([true, false]);
    const other = device();
    expect(await entered(other.open('b'), other.open('a'))).toEqual([false, true]);
  });

  it('change places when somebody says so, and the first stays back when it loads anew', async () => {
    const { open } = device();
    const first = open('a');
    await entered(first);
    const second = open('b');
    await entered(second);
    second.takeOver();
    expect(first.stepBack).toHaveBeenCalledOnce();
    expect(second.stepBack).not.toHaveBeenCalled();
    first.close();
    expect(await entered(open('a2', first.kept))).toEqual([false]);
  });

  it('that stepped back give way to one that loads at the same moment, whoever asks first', async () => {
    const kept = () => new Map([['jishan.kiosk.aside', '1']]);
    const one = device();
    expect(await entered(one.open('a', kept()), one.open('b'))).toEqual([false, true]);
    const other = device();
    expect(await entered(other.open('b'), other.open('a', kept()))).toEqual([true, false]);
  });

  it('are never both at work for long: one that the browser had frozen steps back when it goes on', async () => {
    const { open } = device();
    const first = open('a');
    await entered(first);
    first.freeze();
    const second = open('b');
    expect(await entered(second)).toEqual([true]);
    first.goOn();
    expect(first.stepBack).toHaveBeenCalledOnce();
    expect(second.stepBack).not.toHaveBeenCalled();
  });

  it('let one that stepped back work again when the other is gone', async () => {
    const { open } = device();
    const kept = new Map([['jishan.kiosk.aside', '1']]);
    expect(await entered(open('a', kept))).toEqual([true]);
    expect(kept.size).toBe(0);
  });
});
