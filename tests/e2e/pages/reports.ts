import type { Page } from 'playwright-core';
import words from '../../../client/desk/reports/locales/zh-CN.ts';

const { reports } = words;

/** The desk's pages of reports by phone, by the words on the screen. */
export class ReportsDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/desk/reports');
    await this.page.getByRole('heading', { level: 1, name: reports.title }).waitFor();
  }

  async openOne(number: number): Promise<void> {
    await this.open();
    await this.page.getByText(reports.filter.all, { exact: true }).click();
    await this.page
      .getByRole('link', { name: new RegExp(reports.one.replace('{number}', String(number))) })
      .click();
    await this.page.getByText(reports.said, { exact: true }).waitFor();
  }

  async takeUp(): Promise<void> {
    await this.page.getByRole('button', { name: reports.takeUp }).click();
    await this.said(reports.takenUp);
  }

  async notAccept(reason: string): Promise<void> {
    await this.page.getByRole('button', { name: reports.notAccept }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByLabel(reports.reason).fill(reason);
    await dialog.getByRole('button', { name: reports.notAccept }).click();
    await this.said(reports.notAccepted);
  }

  private async said(what: string): Promise<void> {
    await this.page.getByRole('status').getByText(what, { exact: true }).waitFor();
  }
}
