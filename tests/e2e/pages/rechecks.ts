import type { Locator, Page } from 'playwright-core';
import menu from '../../../client/desk/rechecks/menu/locales/zh-CN.ts';
import words from '../../../client/desk/rechecks/locales/zh-CN.ts';

const { draw, check, record, notDrawn } = words.rechecks;

/** The desk's pages of re-checks, by the words on the screen. */
export class RechecksDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/desk/notices');
    await this.page.getByRole('main').getByRole('link', { name: menu.rechecks.menu, exact: true }).click();
    await this.page.getByRole('heading', { level: 1, name: menu.rechecks.menu }).waitFor();
  }

  /** Opens the newest month of which nothing was drawn. */
  async openUndrawn(): Promise<void> {
    await this.open();
    await this.page.getByRole('link').filter({ hasText: notDrawn }).first().click();
    await this.page.getByRole('button', { name: draw.go, exact: true }).waitFor();
  }

  async draw(called: string, { calledBy = '', count = '5' } = {}): Promise<void> {
    const { page } = this;
    await page.getByLabel(draw.wanted).fill(count);
    await page.getByLabel(draw.called).fill(called);
    await page.getByLabel(draw.calledBy).fill(calledBy);
    await page.getByRole('button', { name: draw.go, exact: true }).click();
  }

  /** The awards that were drawn, in their order. */
  get items(): Locator {
    return this.page.getByRole('main').getByRole('listitem');
  }

  /** The first award that this person may look at. */
  get firstOpen(): Locator {
    return this.items.filter({ has: this.page.getByRole('button', { name: record }) }).first();
  }

  /** Begins to note what was found about the first award that this person may look at. */
  async begin(outcome: 'stood' | 'failed' | 'could_not_check'): Promise<void> {
    const { page } = this;
    await this.firstOpen.getByRole('button', { name: record }).click();
    await page.getByRole('dialog').getByText(check[outcome], { exact: true }).click();
  }

  async note(outcome: 'stood' | 'failed' | 'could_not_check', note: string): Promise<void> {
    const { page } = this;
    await this.begin(outcome);
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(outcome === 'stood' ? check.note : check.reason).fill(note);
    await dialog.getByRole('button', { name: check.go, exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    // The list is read again: until then its first award is the one that was just noted.
    await this.items.filter({ hasText: note }).first().waitFor();
  }
}
