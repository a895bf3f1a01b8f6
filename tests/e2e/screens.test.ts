import AxeBuilder from '@axe-core/playwright';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  hasChromium,
  launchBrowser,
  openWindow,
  picture,
  type SIZES,
  type Window,
} from '../support/browser.ts';
import { type Program, startProgram } from '../support/program.ts';
import { Desk } from './pages/desk.ts';
import { Kiosk } from './pages/kiosk.ts';
import { Phone } from './pages/phone.ts';

interface Logins {
  readonly staff: readonly { role: string; username: string; password: string }[];
  readonly kioskPairingCode: string;
  readonly volunteer: { name: string; pin: string };
  readonly households: readonly { number: string; card: string; pin: string }[];
}

const DESK_PAGES = [
  '',
  'award',
  'approvals',
  'households',
  'ledger',
  'ledger/proof',
  'rules',
  'goods',
  'shop',
  'staff',
  'import',
  'village',
];

/** Every face over the demo village: nothing serious for a screen reader, no sideways scrolling, no complaint. */
describe.skipIf(!hasChromium)('the screens of the demo village', () => {
  let program: Program;
  let browser: Browser;
  let logins: Logins;
  const windows: Window[] = [];

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    logins = JSON.parse(readFileSync(join(program.dataDir, 'demo-logins.json'), 'utf8')) as Logins;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  const open = async (size: keyof typeof SIZES) => {
    const window = await openWindow(browser, size, program.origin);
    windows.push(window);
    return window.page;
  };

  it.each(['desk', 'phone'] as const)('the desk on a %s', async (size) => {
    const page = await open(size);
    const admin = logins.staff.find(({ role }) => role === 'admin');
    await new Desk(page).logIn(admin?.username ?? '', admin?.password ?? '');
    await page.getByRole('heading', { name: /您好/ }).waitFor();
    for (const path of DESK_PAGES) {
      await page.goto(`/desk/${path}`);
      await settle(page);
      await picture(page, `desk-${size}-${path.replace('/', '-') || 'home'}`);
      expect(await findings(page), path).toEqual([]);
    }
  });

  it('the kiosk', async () => {
    const page = await open('kiosk');
    const kiosk = new Kiosk(page);
    const [first] = logins.households;
    await kiosk.pair(logins.kioskPairingCode);
    expect(await findings(page)).toEqual([]);
    await kiosk.signIn(logins.volunteer.name, logins.volunteer.pin);
    expect(await findings(page)).toEqual([]);
    await kiosk.scanCard(first?.card ?? '');
    await kiosk.scan('6907001000371');
    await page.getByRole('button', { name: /^确认兑换/ }).waitFor();
    await settle(page);
    await picture(page, 'kiosk-basket');
    expect(await findings(page)).toEqual([]);
  });

  it('a household’s page', async () => {
    const page = await open('phone');
    const [, second] = logins.households;
    await new Phone(page).openByCard(second?.card ?? '', second?.pin ?? '');
    await settle(page);
    await picture(page, 'me');
    expect(await findings(page)).toEqual([]);
  });

  it.each(['desk', 'phone'] as const)('the board on a %s', async (size) => {
    const page = await open(size);
    await page.goto('/board/');
    await page.getByText(/好事$/).waitFor();
    await settle(page);
    await picture(page, `board-${size}`);
    expect(await findings(page)).toEqual([]);
  });

  it('no screen complains or asks another host', () => {
    expect(windows.flatMap((window) => window.complaints)).toEqual([]);
  });
});

/** Pages load their data after they open; what axe judges must be the page itself. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() =>
    document.getAnimations().every((animation) => animation.playState !== 'running'),
  );
}

async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const found = serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  return sideways > 0 ? [...found, `scrolls ${String(sideways)} px sideways`] : found;
}
