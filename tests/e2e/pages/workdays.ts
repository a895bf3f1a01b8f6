import type { Page } from 'playwright-core';
import words from '../../../client/desk/workdays/locales/zh-CN.ts';
import { createScanner } from '../../support/scanner.ts';

const { workdays } = words;

/** The desk's pages of work days, by the words on the screen. */
export class WorkdaysDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async fillIn(event: {
    title: string;
    day: string;
    from: string;
    until: string;
    place: string;
    rule: RegExp;
  }) {
    const { page } = this;
    await page.goto('/desk/workdays/new');
    await page.getByLabel(workdays.name).fill(event.title);
    await page.getByLabel(workdays.day).fill(event.day);
    await page.getByLabel(workdays.from).fill(event.from);
    await page.getByLabel(workdays.until).fill(event.until);
    await page.getByLabel(workdays.place).fill(event.place);
    const option = page.locator('option').filter({ hasText: event.rule }).first();
    await page.getByLabel(workdays.rule).selectOption(await option.getAttribute('value'));
  }

  async announce(): Promise<void> {
    await this.page.getByRole('button', { name: workdays.announce }).click();
    await this.said(workdays.announced);
  }

  async open(title: string): Promise<void> {
    await this.page.goto('/desk/workdays');
    await this.page.getByRole('link', { name: new RegExp(title) }).click();
    await this.page.getByRole('heading', { level: 1, name: title }).waitFor();
  }

  async choose(mode: 'signIn' | 'signOut'): Promise<void> {
    await this.page.getByText(workdays[mode], { exact: true }).first().click();
  }

  async type(number: string, mode: 'in' | 'out'): Promise<void> {
    await this.page.getByLabel(workdays.number).fill(number);
    await this.page.getByRole('button', { name: workdays.go[mode], exact: true }).click();
    await this.page.getByText(saidOf(mode, number)).first().waitFor();
  }

  async scan(card: string, number: string, mode: 'in' | 'out'): Promise<void> {
    const scan = await createScanner(this.page);
    await scan(card);
    await this.page.getByText(saidOf(mode, number)).first().waitFor();
  }

  async change(number: string, what: 'setHours' | 'leaveOut', reason: string, hours?: string): Promise<void> {
    const { page } = this;
    await page.getByRole('button', { name: new RegExp(`^${workdays.change} ?${number}`) }).click();
    const dialog = page.getByRole('dialog');
    if (what === 'leaveOut') await dialog.getByText(workdays.leaveOut, { exact: true }).first().click();
    if (hours !== undefined)
      await dialog.getByLabel(workdays.newHours, { exact: true }).selectOption({ label: hours });
    await dialog.getByLabel(workdays.reason).fill(reason);
    await dialog.getByRole('button', { name: workdays[what], exact: true }).click();
    await this.said(workdays.changed);
  }

  async said(what: string | RegExp): Promise<void> {
    await this.page.getByRole('status').getByText(what).first().waitFor();
  }
}

function saidOf(mode: 'in' | 'out', number: string): RegExp {
  const sentence = mode === 'in' ? workdays.signedIn : workdays.signedOut;
  return new RegExp(sentence.slice(0, sentence.indexOf('{')) + number);
}
