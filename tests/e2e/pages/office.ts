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

  /** The frequently used pages on the home page, in their order. */
  async oftenUsed(): Promise<string[]> {
    await this.open('', '您好');
    const tiles = this.page.getByRole('region', { name: '您常用的' }).getByRole('link');
    return (await tiles.allInnerTexts()).map((text) => text.trim());
  }

  /** The numbers of the entries in view. */
  async entries(): Promise<number[]> {
    await this.listed();
    const links = await this.page.getByRole('link', { name: /^\d+ 号$/ }).allInnerTexts();
    return links.map((text) => Number.parseInt(text, 10));
  }

  async searchLedger(words: string): Promise<void> {
    await this.page.getByRole('searchbox').fill(words);
    await this.page.waitForURL((url) => url.searchParams.get('q') === words);
    await this.listed();
  }

  /** Waits until the filtered list has loaded. */
  private async listed(): Promise<void> {
    await this.page.locator('main table, main .empty').first().waitFor();
    await this.page.locator('main table[aria-busy=true]').waitFor({ state: 'detached' });
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
