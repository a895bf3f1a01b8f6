import type { Locator, Page } from 'playwright-core';
import words from '../../../client/me/locales/zh-CN.ts';
import ofPhone from '../../../client/me/parts/phone/locales/zh-CN.ts';

/** A household's own page on any phone. */
export class Phone {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the address in the card's QR code and logs in. */
  async openByCard(card: string, pin: string): Promise<void> {
    const { page } = this;
    await page.goto(`/me/#c=${card}`);
    await page.getByText(words.open.pin).waitFor();
    await this.typePin(pin);
    await this.opened();
  }

  async openByNumber(number: string, pin: string): Promise<void> {
    await this.page.goto('/me/');
    await this.typeNumber(number);
    await this.typePin(pin);
    await this.opened();
  }

  async typeNumber(number: string): Promise<void> {
    await this.page.getByLabel('户号（卡上印着）').fill(number);
    await this.page.getByRole('button', { name: '下一步' }).click();
  }

  async typePin(pin: string): Promise<void> {
    for (const digit of pin) await this.page.getByRole('button', { name: digit, exact: true }).click();
  }

  /** Adds another household to this phone. `helper` names the phone's owner when the household is a neighbour's. */
  async add(number: string, pin: string, helper?: string): Promise<void> {
    const { page } = this;
    await this.households();
    await page.getByRole('button', { name: words.households.add }).click();
    await this.typeNumber(number);
    if (helper === undefined) {
      await page.getByRole('radio', { name: '自己家的' }).check();
    } else {
      await page.getByRole('radio', { name: '帮邻居看' }).check();
      await page.getByText('就是同意您帮着看').waitFor();
      await page.getByLabel(/您的姓名/).fill(helper);
    }
    await this.typePin(pin);
    await this.opened();
  }

  async switchTo(head: string): Promise<void> {
    await this.households();
    await this.page
      .getByRole('navigation', { name: words.households.switch })
      .getByRole('button', { name: new RegExp(`^${head}`) })
      .click();
  }

  /** Waits until a household's page is open, with a balance that is not an old one. */
  async opened(): Promise<void> {
    await this.page.locator('.balance:not(.old)').waitFor();
  }

  /** Goes to one of the four parts of the page, by its place in the bar at its foot. */
  async show(tab: 'home' | 'passbook' | 'goods' | 'rules'): Promise<void> {
    await this.page.locator('.tabs button').nth(['home', 'passbook', 'goods', 'rules'].indexOf(tab)).click();
  }

  /** Opens the list of this phone's households, and what there is to set on the phone. */
  async households(): Promise<void> {
    const button = this.page.getByRole('button', { name: words.households.switch, exact: true });
    if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click();
    await this.page.locator('.households').waitFor();
  }

  /** Takes the household that is looked at off this phone. */
  async forget(): Promise<void> {
    const { page } = this;
    await this.households();
    await page.getByRole('button', { name: words.home.forget, exact: true }).click();
    await page.getByRole('button', { name: words.home.forgetGo }).click();
  }

  /** Opens what was done to the household, from its passbook. */
  async acts(): Promise<void> {
    await this.page.getByRole('button', { name: words.passbook.acts }).click();
    await this.page.locator('.acts li').first().waitFor();
  }

  balance(): Promise<string> {
    return this.page.locator('.balance .figure').innerText();
  }

  month(title: string): Locator {
    return this.page.getByRole('button', { name: new RegExp(`^${title}`) });
  }

  async search(word: string): Promise<string[]> {
    const { page } = this;
    if (!(await page.getByRole('search').isVisible()))
      await page.getByRole('button', { name: '在存折里找' }).click();
    await page.getByLabel(/^找什么/).fill(word);
    await page.getByRole('button', { name: '找', exact: true }).click();
    await page.getByText(/找到 \d+ 笔|没有找到/).waitFor();
    return page.locator('.search li .title').allInnerTexts();
  }

  /** The list of phones that see this passbook, as the page shows it. */
  async phones(): Promise<string[]> {
    const { page } = this;
    await this.households();
    const button = page.getByRole('button', { name: ofPhone.phones.title });
    if ((await button.getAttribute('aria-expanded')) === 'true') await button.click();
    await button.click();
    await page.locator('.phones li').first().waitFor();
    return page.locator('.phones li').allInnerTexts();
  }

  async endPhone(words: string): Promise<void> {
    const row = this.page.locator('.phones li', { hasText: words });
    await row.getByRole('button', { name: '不让再看' }).click();
    await row.getByRole('button', { name: '停掉它' }).click();
    await row.waitFor({ state: 'detached' });
  }

  /** Fires the event of a return from another app, on which the page reloads its data. */
  async comeBack(): Promise<void> {
    await this.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  }

  text(): Promise<string> {
    return this.page.locator('body').innerText();
  }
}
