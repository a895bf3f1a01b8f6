import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import words from '../../../client/desk/acts/locales/zh-CN.ts';

const { acts } = words;

/** The desk's page of what was done, by the words on the screen. */
export class ActsDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/desk/acts');
    await this.rows().first().waitFor();
  }

  rows() {
    return this.page
      .getByRole('table')
      .getByRole('row')
      .filter({ has: this.page.getByRole('cell') });
  }

  /** Waits until so many acts are listed. */
  async listed(n: number): Promise<void> {
    await this.page
      .getByRole('status')
      .filter({ hasText: acts.shown.replace('{n}', String(n)) })
      .waitFor({ state: 'attached' });
  }

  async filter(label: 'groupLabel' | 'by', option: string): Promise<void> {
    const lid = this.page.getByRole('button', { name: new RegExp(`^${acts.filter}`) });
    if ((await lid.getAttribute('aria-expanded')) !== 'true') await lid.click();
    await this.page.getByLabel(acts[label]).selectOption({ label: option });
  }

  async search(text: string): Promise<void> {
    await this.page.getByRole('searchbox', { name: acts.searchLabel }).fill(text);
  }

  async clear(): Promise<void> {
    await this.page.getByRole('button', { name: acts.clear }).click();
  }

  async more(): Promise<void> {
    await this.page.getByRole('button', { name: '显示更多' }).click();
  }

  /** The table as it is saved. */
  async download(): Promise<{ name: string; lines: string[] }> {
    const [file] = await Promise.all([
      this.page.waitForEvent('download'),
      this.page.getByRole('button', { name: acts.export }).click(),
    ]);
    const text = readFileSync(await file.path(), 'utf8');
    return { name: file.suggestedFilename(), lines: text.trim().split('\r\n') };
  }
}
