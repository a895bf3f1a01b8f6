import type { Page } from 'playwright-core';
import words from '../../../client/desk/objections/locales/zh-CN.ts';

const { objections } = words;

/** The desk's pages of objections, by the words on the screen. */
export class ObjectionsDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/desk/objections');
    await this.page.getByRole('heading', { level: 1, name: objections.title }).waitFor();
  }

  async openOne(number: number): Promise<void> {
    await this.open();
    await this.filter('all');
    await this.page
      .getByRole('link', { name: new RegExp(objections.one.replace('{number}', String(number))) })
      .click();
    await this.page.getByRole('heading', { name: objections.history }).waitFor();
  }

  async filter(name: keyof typeof objections.filter): Promise<void> {
    await this.page.getByText(objections.filter[name], { exact: true }).click();
  }

  async keyIn(what: string): Promise<void> {
    await this.page.getByLabel(objections.words).fill(what);
    await this.page.getByRole('button', { name: objections.save }).click();
    await this.said(objections.received);
  }

  async answer(outcome: 'upheld' | 'partly' | 'rejected', reason: string): Promise<void> {
    const form = this.page.getByRole('region', { name: objections.answer });
    await form.getByText(objections.outcome[outcome], { exact: true }).click();
    await form.getByLabel(objections.reason).fill(reason);
    await form.getByRole('button', { name: objections.send }).click();
    await this.said(objections.answered);
  }

  async judge(reason: string): Promise<void> {
    const form = this.page.getByRole('region', { name: objections.judge });
    await form.getByLabel(objections.reason).fill(reason);
    await form.getByRole('button', { name: objections.judge }).click();
    await this.said(objections.judged);
  }

  private async said(what: string): Promise<void> {
    await this.page.getByRole('status').getByText(what, { exact: true }).waitFor();
  }
}
