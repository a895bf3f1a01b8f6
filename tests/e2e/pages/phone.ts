import type { Page } from 'playwright-core';

/** A household's own page on any phone. */
export class Phone {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** What the card's QR opens. */
  async openByCard(card: string, pin: string): Promise<void> {
    const { page } = this;
    await page.goto(`/me/#c=${card}`);
    await page.getByText('请输入 6 位 PIN').waitFor();
    for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
    await page.getByText('积分余额').waitFor();
  }

  text(): Promise<string> {
    return this.page.locator('body').innerText();
  }
}
