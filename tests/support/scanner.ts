import type { CDPSession, Page } from 'playwright-core';

/** Between two keys of a scanner. The browser is told the times, so that a busy computer does not change them. */
const GAP_MS = 4;

export interface ScanOptions {
  readonly end?: 'Enter' | 'Tab' | null;
  /** An input method is on: it takes every key, and this is what it puts into the field for a digit. */
  readonly inputMethod?: (digit: string) => string;
}

/** A USB scanner that types: real key events, one after the other, wherever the focus is. */
export async function createScanner(page: Page) {
  const browser = await page.context().newCDPSession(page);
  let atMs = 0;

  return async function scan(code: string, { end = 'Enter', inputMethod }: ScanOptions = {}): Promise<void> {
    const sent: Promise<unknown>[] = [];
    atMs = Math.max(Date.now(), atMs);
    const press = (key: string, taken: boolean) => {
      atMs += GAP_MS;
      sent.push(...pressKey(browser, key, atMs / 1000, taken));
    };
    for (const digit of code) {
      press(digit, inputMethod !== undefined);
      if (inputMethod) sent.push(browser.send('Input.insertText', { text: inputMethod(digit) }));
    }
    if (end !== null) press(end, false);
    await Promise.all(sent);
  };
}

const NAMED = {
  Enter: { windowsVirtualKeyCode: 13, text: '\r' },
  Tab: { windowsVirtualKeyCode: 9, text: undefined },
} as const;

function pressKey(browser: CDPSession, key: string, timestamp: number, taken: boolean): Promise<unknown>[] {
  const named = key === 'Enter' || key === 'Tab' ? NAMED[key] : null;
  const about = {
    timestamp,
    key: taken ? 'Process' : key,
    code: named ? key : `Digit${key}`,
    windowsVirtualKeyCode: taken ? 229 : (named?.windowsVirtualKeyCode ?? key.charCodeAt(0)),
  };
  const text = named ? named.text : key;
  return [
    taken || text === undefined
      ? browser.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...about })
      : browser.send('Input.dispatchKeyEvent', { type: 'keyDown', ...about, text }),
    browser.send('Input.dispatchKeyEvent', { type: 'keyUp', ...about }),
  ];
}
