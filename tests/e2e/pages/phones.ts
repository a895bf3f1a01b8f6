import type { Browser } from 'playwright-core';
import { launchBrowser, openWindow, type Window } from '../../support/browser.ts';
import { type Account, demoAccounts } from '../../support/demo.ts';
import { startProgram } from '../../support/program.ts';
import { Phone } from './phone.ts';

/** The phones of the demo village's households. */
export interface Phones {
  readonly browser: Browser;
  /** The household with the fewest points. `neighbour` has the most. */
  readonly own: Account;
  readonly neighbour: Account;
  /** The windows of all phones so far, in the order of `pickUp`. */
  readonly windows: Window[];
  pickUp(options?: PhoneOptions): Promise<Phone>;
  /** The errors of all pages. */
  complaints(): string[];
  close(): Promise<void>;
}

interface PhoneOptions {
  readonly userAgent?: string | undefined;
  readonly size?: { readonly width: number; readonly height: number };
  /** Runs in the page before its own scripts. */
  readonly before?: (() => void) | undefined;
}

export async function openPhones(): Promise<Phones> {
  const program = await startProgram('sqlite', '--demo');
  const browser = await launchBrowser();
  const accounts = await demoAccounts(program);
  const [own, neighbour] = [accounts[0], accounts.at(-1)];
  if (!own || !neighbour) throw new Error('the demo village has no households to open');
  const windows: Window[] = [];
  return {
    browser,
    own,
    neighbour,
    windows,
    async pickUp({ userAgent, size, before } = {}) {
      const window = await openWindow(browser, 'phone', program.origin, userAgent ? { userAgent } : {});
      windows.push(window);
      if (size) await window.page.setViewportSize(size);
      if (before) await window.page.addInitScript(before);
      return new Phone(window.page);
    },
    complaints: () => windows.flatMap((window) => window.complaints),
    async close() {
      await browser.close();
      await program.stop();
    },
  };
}
