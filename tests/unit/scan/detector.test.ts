import { describe, expect, it } from 'vitest';
import { createScanDetector, SCAN_TIMING } from '../../../client/scan/detector.ts';
import { readKeyPress, type KeyboardLike } from '../../../client/scan/key-press.ts';

/** A keyboard with its own clock, and a page that records the events that reach it. */
function desk() {
  const detector = createScanDetector();
  let nowMs = 1000;
  const log = { typed: '', scans: [] as string[], reached: [] as string[], recognised: 0, begun: 0 };

  function note(effects: ReturnType<typeof detector.tick>): void {
    log.typed = log.typed.slice(0, log.typed.length - effects.recall) + effects.typed;
    if (effects.scan !== null) log.scans.push(effects.scan);
    if (effects.recognised) log.recognised += 1;
    if (effects.begins) log.begun += 1;
  }

  function press(key: string, over: Partial<KeyboardLike> = {}, pressedMs = nowMs): void {
    const event: KeyboardLike = {
      key,
      code: /^\d$/.test(key) ? `Digit${key}` : /^[a-z]$/i.test(key) ? `Key${key.toUpperCase()}` : key,
      shiftKey: false,
      ctrlKey: false,
      altKey: false,
      metaKey: false,
      isComposing: false,
      repeat: false,
      keyCode: 0,
      timeStamp: pressedMs,
      ...over,
    };
    const effects = detector.key(readKeyPress(event, nowMs));
    note(effects);
    if (!effects.swallow) log.reached.push(key);
  }

  function wait(ms: number): void {
    nowMs += ms;
    const dueAtMs = detector.dueAtMs();
    if (dueAtMs !== null && dueAtMs <= nowMs) note(detector.tick(nowMs));
  }

  function keys(text: string, gapMs: number, over: Partial<KeyboardLike> = {}): void {
    Array.from(text).forEach((key, index) => {
      if (index > 0) wait(gapMs);
      press(key, over);
    });
  }

  return { press, wait, keys, log };
}

const BARCODE = '6907001000371';

describe('scan detector', () => {
  for (const end of ['Enter', 'Tab', null]) {
    it(`reports a burst that ends with ${end ?? 'nothing'} and lets no key of it through`, () => {
      const { keys, press, wait, log } = desk();
      keys(BARCODE, 12);
      if (end !== null) press(end);
      wait(500);
      expect(log).toEqual({ typed: '', scans: [BARCODE], reached: [], recognised: 1, begun: 1 });
    });
  }

  it('takes gaps of up to 50 ms and no more', () => {
    const slow = desk();
    slow.keys('12345678', SCAN_TIMING.gapMs);
    slow.wait(500);
    expect(slow.log.scans).toEqual(['12345678']);
    const person = desk();
    person.keys('12345678', SCAN_TIMING.gapMs + 1);
    person.wait(500);
    expect(person.log).toMatchObject({ scans: [], typed: '12345678' });
  });

  it('forgives a longer pause once a scan is recognised, so that a busy computer cannot cut a code in two', () => {
    const { keys, wait, press, log } = desk();
    keys('6907', 10);
    wait(SCAN_TIMING.carryMs);
    keys('001000371', 10);
    press('Enter');
    wait(500);
    expect(log).toMatchObject({ typed: '', scans: [BARCODE], reached: [] });
  });

  it('goes by the time a key was pressed, not by when a busy page gets to see it', () => {
    const { press, wait, log } = desk();
    // The keys are pressed 5 ms apart. The page sees them 60 to 70 ms apart and up to 700 ms late.
    Array.from(BARCODE).forEach((digit, index) => {
      press(digit, {}, 1000 + index * 5);
      wait(60 + (index % 3) * 5);
    });
    press('Enter', {}, 1000 + BARCODE.length * 5);
    wait(1000);
    expect(log).toMatchObject({ typed: '', scans: [BARCODE], reached: [] });
  });

  it('takes back what it handed back, when the rest of the code was pressed in time but comes too late', () => {
    const { press, wait, log } = desk();
    press('6', {}, 1000);
    press('9', {}, 1005);
    wait(400);
    expect(log.typed).toBe('69');
    Array.from(BARCODE.slice(2)).forEach((digit, index) => press(digit, {}, 1010 + index * 5));
    press('Enter', {}, 1080);
    expect(log).toMatchObject({ typed: '', scans: [BARCODE], reached: [] });
  });

  it('reports the whole code after a part of it, when the rest was pressed in time but comes too late', () => {
    const { keys, wait, press, log } = desk();
    keys(BARCODE.slice(0, 6), 10);
    wait(400);
    expect(log.scans).toEqual([BARCODE.slice(0, 6)]);
    Array.from(BARCODE.slice(6)).forEach((key, index) => press(key, { timeStamp: 1060 + index * 10 }));
    press('Enter', { timeStamp: 1140 });
    wait(500);
    expect(log).toMatchObject({ scans: [BARCODE.slice(0, 6), BARCODE], typed: '', reached: [] });
  });

  it('takes two codes for two, where the second is pressed after the first was reported', () => {
    const { wait, press, log } = desk();
    // A slow scanner whose keys come in a heap: its own times run ahead of the page's.
    const keys = (startMs: number) =>
      Array.from(BARCODE).forEach((key, index) => press(key, { timeStamp: startMs + index * 50 }));
    keys(1000);
    wait(400);
    keys(1650);
    wait(500);
    expect(log.scans).toEqual([BARCODE, BARCODE]);
  });

  it('waits longer for the next key where keys come late', () => {
    const { press, wait, log } = desk();
    press('6', {}, 900);
    wait(160);
    press('9', {}, 905);
    press('0', {}, 910);
    press('7', {}, 915);
    wait(1500);
    expect(log).toMatchObject({ typed: '', scans: ['6907'] });
  });

  it('hands a person’s keys back in order, and lets Enter press what it is for', () => {
    const { keys, press, wait, log } = desk();
    keys('038', 140);
    press('Enter');
    wait(500);
    expect(log).toEqual({ typed: '038', scans: [], reached: ['Enter'], recognised: 0, begun: 3 });
  });

  it('does not take three quick keys and Enter for a scan', () => {
    const { keys, press, wait, log } = desk();
    keys('038', 20);
    press('Enter');
    wait(500);
    expect(log).toMatchObject({ typed: '038', scans: [], reached: ['Enter'] });
  });

  it('counts twenty scans in a row, two of them with the same code', () => {
    const { keys, press, wait, log } = desk();
    for (let scan = 0; scan < 20; scan += 1) {
      keys(BARCODE, 3);
      press('Enter');
      wait(90);
    }
    expect(log.scans).toEqual(Array.from({ length: 20 }, () => BARCODE));
    expect(log.reached).toEqual([]);
  });

  it('swallows a late Enter, and the second of a carriage return and line feed', () => {
    const { keys, press, wait, log } = desk();
    keys(BARCODE, 10);
    wait(150);
    press('Enter');
    press('Enter');
    expect(log).toMatchObject({ scans: [BARCODE], reached: [] });
    wait(1000);
    press('Enter');
    expect(log.reached).toEqual(['Enter']);
  });

  it('reads digits from the physical keys, whatever an input method makes of them', () => {
    const composing = desk();
    Array.from(BARCODE).forEach((digit) => {
      composing.press('Process', { code: `Digit${digit}`, keyCode: 229, isComposing: true });
      composing.wait(10);
    });
    composing.press('Enter', { isComposing: true, keyCode: 229 });
    expect(composing.log.scans).toEqual([BARCODE]);
    // Keys that an input method handles cannot be held back, so they reach the page until the burst is recognised.
    expect(composing.log.reached).toEqual(['Process', 'Process', 'Process']);
    expect(composing.log.recognised).toBe(1);

    const fullWidth = desk();
    fullWidth.keys('６９０７００１０００３７１', 10, { code: '' });
    fullWidth.press('Enter');
    expect(fullWidth.log.scans).toEqual([BARCODE]);
  });

  it('goes back to before the first key that an input method had, where the rest comes too late', () => {
    for (const heardInTime of [1, 3, 6]) {
      const { press, wait, log } = desk();
      Array.from(BARCODE).forEach((digit, index) => {
        if (index === heardInTime) wait(400);
        press('Process', { code: `Digit${digit}`, keyCode: 229 }, 1000 + index * 5);
      });
      press('Enter', {}, 1000 + BARCODE.length * 5);
      expect(log.scans.at(-1)).toBe(BARCODE);
      expect(log.begun).toBe(1);
    }
  });

  it('never types twice what an input method has taken', () => {
    const { press, wait, log } = desk();
    press('Process', { code: 'KeyN', keyCode: 229 });
    wait(200);
    expect(log).toMatchObject({ typed: '', scans: [], reached: ['Process'] });
  });

  it('reads a web address from a two-dimensional scanner, with caps lock on and shift keys between', () => {
    const { press, wait, log } = desk();
    const address = 'http://shop/me/#c=123456789012';
    const physical: Record<string, readonly [string, boolean]> = {
      ':': ['Semicolon', true],
      '/': ['Slash', false],
      '#': ['Digit3', true],
      '=': ['Equal', false],
    };
    for (const character of address) {
      const [code, shiftKey] = physical[character] ?? [
        /\d/.test(character) ? `Digit${character}` : `Key${character.toUpperCase()}`,
        false,
      ];
      if (shiftKey) press('Shift', { code: 'ShiftLeft' });
      press(character.toUpperCase(), { code, shiftKey });
      wait(8);
    }
    press('Enter');
    expect(log.scans).toEqual([address]);
  });

  it('is not fooled by a key held down', () => {
    const { press, wait, log } = desk();
    press('1');
    for (let repeat = 0; repeat < 10; repeat += 1) {
      wait(30);
      press('1', { repeat: true });
    }
    wait(500);
    expect(log.scans).toEqual([]);
    expect(log.typed).toBe('1');
    expect(log.reached).toHaveLength(10);
  });

  it('lets shortcuts and editing keys through and ends a person’s burst with them', () => {
    const { keys, press, log } = desk();
    keys('12', 100);
    press('Backspace');
    press('a', { ctrlKey: true });
    expect(log).toMatchObject({ typed: '12', reached: ['Backspace', 'a'], scans: [] });
  });

  it('keeps a person’s key apart from a scan that follows', () => {
    const { press, wait, keys, log } = desk();
    press('7');
    wait(60);
    keys(BARCODE, 10);
    press('Enter');
    expect(log).toMatchObject({ typed: '7', scans: [BARCODE], reached: [] });
  });

  it('drops what is too long for any code, silently and wholly', () => {
    const { keys, press, wait, log } = desk();
    keys('1'.repeat(SCAN_TIMING.maxLength + 1), 2);
    press('Enter');
    wait(500);
    expect(log).toMatchObject({ typed: '', scans: [], reached: [] });
  });
});
