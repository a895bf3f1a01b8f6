import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expect } from 'vitest';
import { launchBrowser, openWindow, type Window } from '../../support/browser.ts';
import {
  type Ask,
  type DemoLogins,
  demoAdmin,
  readDemoLogins,
  stockPens,
} from '../../support/demo-village.ts';
import { type Program, startProgram } from '../../support/program.ts';
import { Kiosk } from './kiosk.ts';

/** A kiosk of the demo village, paired, with a shelf full of pens. */
export interface Counter {
  readonly program: Program;
  readonly browser: Browser;
  readonly context: BrowserContext;
  readonly page: Page;
  readonly kiosk: Kiosk;
  readonly logins: DemoLogins;
  readonly admin: Ask;
  /** The barcode of pens, which are cheap and never run out. */
  readonly pens: string;
  /** Signs the volunteer in, opens the household with the most points and returns its card. */
  onDuty(): Promise<string>;
  /** The same kiosk and shift in one more window, for a test that replaces the window's clock or disk. */
  anotherWindow(): Promise<{ readonly page: Page; readonly kiosk: Kiosk }>;
  /** Closes everything. It fails if a page had errors. */
  close(): Promise<void>;
}

interface CounterOptions {
  /** The price of a pen in hundredths of a point. */
  readonly penPriceHundredths?: number;
  /** The amount above which a PIN is asked for; none when left out. */
  readonly pinAboveHundredths?: number;
  /** Runs in the page before its own scripts. */
  readonly before?: () => void;
}

export async function openCounter({
  penPriceHundredths,
  pinAboveHundredths,
  before,
}: CounterOptions = {}): Promise<Counter> {
  const program = await startProgram('sqlite', '--demo');
  const logins = readDemoLogins(program);
  const admin = await demoAdmin(program, logins);
  const pens = await stockPens(admin, penPriceHundredths);
  // Tests of the PIN choose an amount themselves.
  await admin('PATCH', '/village', { settings: { pinAboveHundredths: pinAboveHundredths ?? null } });
  const browser = await launchBrowser();
  const { page, context, complaints } = await openWindow(browser, 'kiosk', program.origin);
  if (before) await page.addInitScript(before);
  const kiosk = new Kiosk(page);
  const more: Window[] = [];
  await kiosk.pair(logins.kioskPairingCode);
  return {
    program,
    browser,
    context,
    page,
    kiosk,
    logins,
    admin,
    pens,
    async onDuty() {
      await kiosk.signIn(logins.volunteer.name, logins.volunteer.pin);
      return kiosk.openRichest(logins.households);
    },
    async anotherWindow() {
      const storageState = await context.storageState();
      const another = await openWindow(browser, 'kiosk', program.origin, { storageState });
      more.push(another);
      await another.page.goto('/kiosk/');
      await another.page.getByRole('heading', { name: '请刷卡' }).waitFor();
      return { page: another.page, kiosk: new Kiosk(another.page) };
    },
    async close() {
      await browser.close();
      await program.stop();
      expect([complaints, ...more.map((window) => window.complaints)].flat()).toEqual([]);
    },
  };
}
