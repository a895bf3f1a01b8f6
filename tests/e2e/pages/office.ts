import type { Download, Page } from 'playwright-core';
import { untilQuiet } from '../../support/quiet.ts';

/** The desk's pages for figures, ledger, notices, settings, staff and kiosks. */
export class OfficeDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(path: string, heading: string): Promise<void> {
    await this.page.goto(`/desk/${path}`);
    await this.page.getByRole('heading', { level: 1, name: heading }).waitFor();
    await untilQuiet(this.page);
  }

  /** The tasks that wait for this person on the home page, in its order. */
  async waiting(): Promise<string[]> {
    await this.open('', '您好');
    const items = this.page.getByRole('region', { name: /^等您办/ }).getByRole('link');
    return (await items.allInnerTexts()).map((text) => text.trim());
  }

  /** The numbers of the entries in view. */
  async entries(): Promise<number[]> {
    await this.listed();
    const links = await this.page.getByRole('link', { name: /^\d+ 号/ }).allInnerTexts();
    return links.map((text) => Number.parseInt(text, 10));
  }

  async searchLedger(words: string): Promise<void> {
    await this.page.getByRole('searchbox').fill(words);
    await this.page.waitForURL((url) => url.searchParams.get('q') === words);
    await this.listed();
  }

  /** Waits until the filtered list has loaded. */
  private async listed(): Promise<void> {
    const entry = this.page.getByRole('main').getByRole('link', { name: /^\d+ 号/ });
    await entry.or(this.page.locator('main .empty')).first().waitFor();
    await this.page.locator('main [aria-busy=true]').first().waitFor({ state: 'detached' });
  }

  async download(name: RegExp): Promise<Download> {
    const row = this.page.getByRole('listitem').filter({ hasText: name });
    const coming = this.page.waitForEvent('download');
    await row.getByRole('button', { name: '下载' }).click();
    return coming;
  }

  /** The text of the printed page. */
  async paper(): Promise<string> {
    await this.page.emulateMedia({ media: 'print' });
    const text = await this.page.locator('.sheet').innerText();
    await this.page.emulateMedia({ media: null });
    return text;
  }
}
