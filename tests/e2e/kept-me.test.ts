import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import english from '../../client/me/locales/en.ts';
import words from '../../client/me/locales/zh-CN.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { type Account, demoAccounts } from '../support/demo.ts';
import { pageFindings } from '../support/page-findings.ts';
import { BUILD, laterBuild, type PageServer, removeBuild, startPageServer } from '../support/page-server.ts';
import { type Program, startProgram } from '../support/program.ts';
import { keptAll, newerBuild, untilKept } from './pages/kept-page.ts';
import { Phone } from './pages/phone.ts';

const TOUCH = 60;

/** A household's phone in a place without network. */
describe.skipIf(!hasChromium)('the kept page of a household', () => {
  let program: Program;
  let server: PageServer;
  let browser: Browser;
  let own: Account;
  let neighbour: Account;
  let window: Window;
  let context: BrowserContext;
  let page: Page;
  let phone: Phone;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    const accounts = await demoAccounts(program);
    const [first, last] = [accounts[0], accounts.at(-1)];
    if (!first || !last) throw new Error('the demo village has no households to open');
    [own, neighbour] = [first, last];
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });
  beforeEach(async () => {
    server = await startPageServer(BUILD, program);
    window = await openWindow(browser, 'phone', server.origin, { serviceWorkers: 'allow' });
    ({ page, context } = window);
    phone = new Phone(page);
  });
  afterEach(async () => {
    await context.close();
    await server.stop();
    expect(window.complaints).toEqual([]);
  });

  async function another(): Promise<void> {
    await page.close();
    page = await context.newPage();
    phone = new Phone(page);
    await page.goto('/me');
  }

  const old = () => page.locator('.balance.old');

  it('shows the passbook as it was seen last, says when, and changes nothing', async () => {
    await phone.openByCard(own.card, own.pin);
    const lines = await page.locator('.latest li').allInnerTexts();
    await untilKept(page);
    await server.stop();
    await another();
    await old().waitFor();
    expect(await phone.balance()).toBe(String(own.balance / 100));
    expect(await old().innerText()).toMatch(/月\d+日 \d+:\d+ 看到的，现在可能变了/);
    expect(await page.locator('.latest li').allInnerTexts()).toEqual(lines);
    expect(await page.getByRole('button', { name: words.goal.change }).count()).toBe(0);
    expect(await pageFindings(page, TOUCH)).toEqual([]);
    await picture(page, 'kept-me', { fullPage: true });
    await phone.show('passbook');
    await page.locator('.passbook li').first().waitFor();
    await picture(page, 'kept-me-passbook', { fullPage: true });
    await phone.show('goods');
    await page.getByText('连不上').first().waitFor();
    await picture(page, 'kept-me-goods', { fullPage: true });
    await phone.show('home');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByText(english.home.balanceThen).waitFor();
    await picture(page, 'kept-me-english', { fullPage: true });
    expect((await keptAll(page, 'me')).isComplete).toBe(true);
    expect((await keptAll(page, 'me')).missing).toEqual([]);

    await server.start();
    await phone.comeBack();
    await phone.opened();
  });

  it('shows each household its own, and nothing of one that has left this phone', async () => {
    await phone.openByCard(own.card, own.pin);
    await phone.add(neighbour.number, neighbour.pin, '李大嫂');
    await untilKept(page);
    await server.stop();
    await another();
    await old().waitFor();
    expect(await phone.balance()).toBe(String(neighbour.balance / 100));
    expect(await phone.text()).not.toContain(own.head);
    await page.getByText('李大嫂在帮这家看').waitFor();

    await phone.households();
    await page.getByRole('button', { name: words.home.forgetOne }).click();
    await page.getByRole('button', { name: words.home.forgetGo }).click();
    await expect.poll(() => phone.balance()).toBe(String(own.balance / 100));
    expect(await phone.text()).not.toContain(neighbour.head);
    await phone.forget();
    await page.getByLabel('户号（卡上印着）').waitFor();
    await picture(page, 'kept-me-closed', { fullPage: true });
    await another();
    await page.getByLabel('户号（卡上印着）').waitFor();
    for (const { head, number } of [own, neighbour]) {
      expect(await phone.text()).not.toContain(head);
      expect(await page.evaluate(() => JSON.stringify(localStorage))).not.toContain(`"${number}"`);
    }
  });

  it('shows nothing any more to a helper whose time is over', async () => {
    await phone.openByCard(own.card, own.pin);
    await phone.add(neighbour.number, neighbour.pin, '李大嫂');
    await untilKept(page);
    await server.stop();
    await page.close();
    page = await context.newPage();
    await page.clock.setFixedTime(Date.now() + 91 * 86_400_000);
    await page.goto('/me');
    await page.getByText(`${neighbour.head}家在这台手机上看不了了`).waitFor();
    phone = new Phone(page);
    await old().waitFor();
    expect(await phone.balance()).toBe(String(own.balance / 100));
    expect(await page.evaluate(() => localStorage.getItem('jishan.me.accounts'))).not.toContain(
      neighbour.number,
    );
  });

  it('takes a newer build while nobody looks, and shows it when it is opened next', async () => {
    const later = laterBuild(BUILD, { [words.open.lead]: `${words.open.lead}！` });
    await page.goto('/me');
    await untilKept(page);
    server.serve(later);
    await newerBuild(page, 'me');
    expect(await page.getByText(words.open.lead).innerText()).not.toContain('！');
    const isWaiting = () =>
      page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration('/me'))?.waiting));
    expect(await isWaiting()).toBe(true);
    await page.evaluate(() => {
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    });
    await expect.poll(isWaiting).toBe(false);
    await server.stop();
    await page.reload();
    await page.getByText(`${words.open.lead}！`).waitFor();
    removeBuild(later);
  });
});
