import type { Page } from 'playwright-core';
import words from '../../../client/desk/notices/locales/zh-CN.ts';

const { numbered } = words.notices;

/** The desk's pages of notices of awards, by the words on the screen. */
export class NumberedNotices {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/desk/notices/numbered');
    await this.page.getByRole('heading', { level: 1, name: numbered.title }).waitFor();
  }

  /** Opens the notice of this number from the list. */
  async openOne(number: number): Promise<void> {
    await this.open();
    await this.page.getByRole('link', { name: numbered.of.replace('{number}', String(number)) }).click();
    await this.page.getByRole('article').first().waitFor();
  }

  /** Makes the next notice, and answers its number. */
  async make(): Promise<number> {
    await this.page.getByRole('button', { name: numbered.make }).click();
    await this.said(numbered.made);
    await this.page.getByRole('article').first().waitFor();
    const title = await this.page.getByRole('heading', { level: 1 }).innerText();
    return Number(/\d+/.exec(title)?.[0]);
  }

  async sign(remark: string): Promise<void> {
    await this.page.getByLabel(numbered.remark).fill(remark);
    await this.page.getByRole('button', { name: numbered.sign }).click();
    await this.said(numbered.reviewDone);
  }

  async putUp(): Promise<void> {
    await this.page.getByRole('button', { name: numbered.putUp, exact: true }).click();
    await this.said(numbered.noted);
  }

  async stands(how: keyof typeof numbered.state): Promise<void> {
    await this.page.getByRole('main').getByText(numbered.state[how], { exact: true }).first().waitFor();
  }

  private async said(words: string): Promise<void> {
    await this.page.getByRole('status').getByText(words, { exact: true }).waitFor();
  }
}
