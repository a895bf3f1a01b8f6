import type { Locator, Page } from 'playwright-core';

/** The pile of proposals, used by the person who decides. */
export class ApprovalsDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(view?: 'returned' | 'mine' | 'all'): Promise<void> {
    await this.page.goto(`/desk/approvals${view === undefined ? '' : `?view=${view}`}`);
    await this.page.getByRole('article').first().waitFor();
  }

  /** Finds the card of the batch with these words in it. */
  card(words: string): Locator {
    return this.page.getByRole('article').filter({ hasText: words });
  }

  /** Opens a batch, beside the list or on a page of its own; gives the place where it stands. */
  async openBatch(card: Locator): Promise<Locator> {
    await card.getByRole('link').first().click();
    const place = this.page.locator('.list-detail > .detail:not(.at-rest)');
    await place.getByRole('heading', { level: 2 }).first().waitFor();
    return place;
  }

  async tick(card: Locator): Promise<void> {
    await card.getByRole('checkbox', { name: /^勾选整批/ }).check();
  }

  /** Presses the button of the bar and then that of the question; gives what was said afterwards. */
  async decide(
    action: '同意入账' | '退回' | '重新提交',
    count: number,
    reason?: string,
    within: Locator = this.page.locator('.bar'),
  ): Promise<string> {
    const { page } = this;
    const name = count === 1 ? action : new RegExp(`^${action} ${count} [户笔]$`);
    await within.getByRole('button', { name, exact: true }).click();
    const dialog = page.getByRole('dialog');
    if (reason !== undefined) await dialog.getByRole('textbox', { name: '原因' }).fill(reason);
    await dialog.getByRole('button', { name, exact: true }).click();
    const said = page.getByText(/^已(入账|退回|重新提交) [\d,]+ [户笔]/).first();
    await said.waitFor({ timeout: 60_000 });
    return said.innerText();
  }
}
