import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { demoAdmin, type DemoLogins, readDemoLogins, stockPens } from '../support/demo-village.ts';
import { BUILD, laterBuild, type PageServer, removeBuild, startPageServer } from '../support/page-server.ts';
import { type Program, startProgram } from '../support/program.ts';
import { newerBuild, untilKept } from './pages/kept-page.ts';
import { Kiosk } from './pages/kiosk.ts';

/** Stands on the page as long as a volunteer is on duty. */
const ON_DUTY = '当班';
const LATER = '值班';

/** How often a page looks whether it may change over (client/service-worker/kept-page.ts). */
const LOOKS_EVERY_MS = 10_000;

/** An update day at a shop that is open. */
describe.skipIf(!hasChromium)('a counter on the day of an update', () => {
  let program: Program;
  let server: PageServer;
  let browser: Browser;
  let later: string;
  let window: Window;
  let page: Page;
  let kiosk: Kiosk;
  let logins: DemoLogins;
  let pens: string;
  let card: string;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    logins = readDemoLogins(program);
    const admin = await demoAdmin(program, logins);
    pens = await stockPens(admin);
    await admin('PATCH', '/village', { settings: { pinAboveHundredths: null } });
    later = laterBuild(BUILD, { [ON_DUTY]: LATER });
    server = await startPageServer(BUILD, program);
    browser = await launchBrowser();
    window = await openWindow(browser, 'kiosk', server.origin, { serviceWorkers: 'allow' });
    page = window.page;
    await page.addInitScript(() => {
      const now = Date.now.bind(Date);
      Date.now = () => now() + Number(sessionStorage.getItem('test.aheadMs'));
    });
    kiosk = new Kiosk(page);
    await kiosk.pair(logins.kioskPairingCode);
    await kiosk.signIn(logins.volunteer.name, logins.volunteer.pin);
    await untilKept(page);
    card = logins.households[0]?.card ?? '';
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
    await program.stop();
    removeBuild(later);
  });

  /** Sets the page's clock forward. Its timers go on: with those replaced no scanner could be told from a person. */
  const goOn = (ms: number) =>
    page.evaluate((by) => {
      const ahead = Number(sessionStorage.getItem('test.aheadMs'));
      sessionStorage.setItem('test.aheadMs', String(ahead + by));
    }, ms);

  const menu = (words: string) => page.getByRole('button', { name: new RegExp(`^${words}`) });

  it('serves on as it is, from its own parts, and changes over when nobody is there', async () => {
    await kiosk.scanCard(card);
    const before = await kiosk.balance();
    await kiosk.scan(pens);
    await expect.poll(() => kiosk.pieces()).toBe(1);

    server.serve(later);
    await newerBuild(page, 'kiosk');
    server.asked.length = 0;
    // Just short of the minute after which the counter clears itself.
    await goOn(40_000);
    await sleep(LOOKS_EVERY_MS);
    expect(await kiosk.pieces()).toBe(1);
    expect(await menu(ON_DUTY).isVisible()).toBe(true);
    // A part that was not needed before comes from the build that is open, not from the server's newer one.
    await kiosk.openCamera();
    await kiosk.closeCamera();
    await kiosk.confirm();
    expect(server.asked.filter((path) => path.startsWith('GET /assets/'))).toEqual([]);
    await kiosk.next();
    expect(await menu(ON_DUTY).isVisible()).toBe(true);

    await goOn(61_000);
    await menu(LATER).waitFor();
    await kiosk.scanCard(card);
    expect(await kiosk.balance()).toBe(before - 1);
    await picture(page, 'kept-counter-updated');
  });

  it('brings a basket that waits for its card through the change, and the shift', async () => {
    const waits = page.getByText('上次的篮子还留着');
    await kiosk.scan(pens);
    await expect.poll(async () => (await kiosk.kept()).baskets.length).toBe(1);
    await page.evaluate(() => sessionStorage.setItem('test.aheadMs', '200000'));
    await page.reload();
    await waits.waitFor();

    server.serve(BUILD);
    await newerBuild(page, 'kiosk');
    await goOn(61_000);
    await menu(ON_DUTY).waitFor();
    await waits.waitFor();
    await kiosk.scanCard(card);
    await expect.poll(() => kiosk.pieces()).toBe(1);
    await kiosk.confirm();
    expect(window.complaints).toEqual([]);
  });

  it('shows the shelf’s drawings without the server', async () => {
    await page.goto('/kiosk');
    await menu(ON_DUTY).waitFor();
    await kiosk.scanCard(card);
    await page.locator('.goods-card').first().waitFor();
    await server.stop();
    const broken = () =>
      page.evaluate(async () => {
        const pictures = [...document.querySelectorAll('img')].filter(({ src }) =>
          src.includes('/drawings-'),
        );
        const answers = await Promise.all(
          pictures.map(({ src }) =>
            fetch(src).then(
              ({ ok }) => ok,
              () => false,
            ),
          ),
        );
        return [pictures.length > 3, answers.every((ok) => ok)];
      });
    expect(await broken()).toEqual([true, true]);
    await server.start();
  });
});
