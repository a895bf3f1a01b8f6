import { setTimeout } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';

/** Between two keys of a scanner. The browser is told the times, so that a busy computer does not change them. */
const GAP_MS = 4;

export interface ScanOptions {
  readonly end?: 'Enter' | 'Tab' | null;
  /** Slow scanners leave up to 50 ms between two keys. */
  readonly gapMs?: number;
  /** An input method is on: it takes every key, and this is what it puts into the field for a digit. */
  readonly inputMethod?: (digit: string) => string;
  /** The page gets the rest of the code so late, after so many characters, as if it had been busy. */
  readonly late?: { readonly after: number; readonly ms: number };
  /** The light of Caps Lock is on: letters arrive the other way round. */
  readonly capsLock?: boolean;
}

/**
 * A USB scanner that types: real key events, one after the other, wherever the focus is. It refuses a page whose clock
 * was replaced: there an event says when it was seen and not when it happened, and a busy page cuts a scan in two.
 */
export async function createScanner(page: Page) {
  const browser = await page.context().newCDPSession(page);
  let atMs = 0;

  return async function scan(code: string, options: ScanOptions = {}): Promise<void> {
    const { end = 'Enter', gapMs = GAP_MS, inputMethod, late, capsLock = false } = options;
    const sent: Promise<unknown>[] = [refuseReplacedClock(page)];
    atMs = Math.max(Date.now(), atMs);
    const press = (key: Key, taken: boolean) => {
      atMs += gapMs;
      sent.push(...pressKey(browser, key, atMs / 1000, taken));
    };
    for (const [index, character] of Array.from(code).entries()) {
      if (index === late?.after) await setTimeout(late.ms);
      press(keyOf(character, capsLock), inputMethod !== undefined);
      if (inputMethod) sent.push(browser.send('Input.insertText', { text: inputMethod(character) }));
    }
    if (end !== null) press(ENDS[end], false);
    await Promise.all(sent);
    // The last key is pressed now: what comes next is not stamped with a time that is still to come.
    await setTimeout(Math.max(0, atMs - Date.now()));
  };
}

async function refuseReplacedClock(page: Page): Promise<void> {
  const isReplaced = await page
    .evaluate(() => !(performance instanceof Performance))
    // The scan itself may have made the page leave.
    .catch(() => false);
  if (isReplaced)
    throw new Error('the clock of this page was replaced: no scanner can be told from a person');
}

interface Key {
  readonly key: string;
  readonly code: string;
  readonly keyCode: number;
  readonly text: string | undefined;
  readonly shift?: boolean;
}

const ENDS = {
  Enter: { key: 'Enter', code: 'Enter', keyCode: 13, text: '\r' },
  Tab: { key: 'Tab', code: 'Tab', keyCode: 9, text: undefined },
} as const;

/** The keys of an English keyboard beside letters and digits, as far as a web address needs them. */
const SIGNS: Readonly<Record<string, readonly [code: string, keyCode: number, shift: boolean]>> = {
  ':': ['Semicolon', 186, true],
  '/': ['Slash', 191, false],
  '.': ['Period', 190, false],
  '-': ['Minus', 189, false],
  '#': ['Digit3', 51, true],
  '=': ['Equal', 187, false],
};

function keyOf(character: string, capsLock: boolean): Key {
  if (/\d/.test(character)) {
    const keyCode = character.charCodeAt(0);
    return { key: character, code: `Digit${character}`, keyCode, text: character };
  }
  if (/[a-z]/i.test(character)) {
    const isUpper = character !== character.toLowerCase();
    const key = isUpper === capsLock ? character.toLowerCase() : character.toUpperCase();
    const keyCode = character.toUpperCase().charCodeAt(0);
    return { key, code: `Key${character.toUpperCase()}`, keyCode, text: key, shift: isUpper };
  }
  const sign = SIGNS[character];
  if (!sign) throw new Error(`no key for ${character}`);
  const [code, keyCode, shift] = sign;
  return { key: character, code, keyCode, text: character, shift };
}

const SHIFT = 8;
const TAKEN = 229;

function pressKey(browser: CDPSession, pressed: Key, timestamp: number, taken: boolean): Promise<unknown>[] {
  const { code, text, shift = false } = pressed;
  const about = {
    timestamp,
    key: taken ? 'Process' : pressed.key,
    code,
    modifiers: shift ? SHIFT : 0,
    windowsVirtualKeyCode: taken ? TAKEN : pressed.keyCode,
  };
  return [
    taken || text === undefined
      ? browser.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...about })
      : browser.send('Input.dispatchKeyEvent', { type: 'keyDown', ...about, text }),
    browser.send('Input.dispatchKeyEvent', { type: 'keyUp', ...about }),
  ];
}
