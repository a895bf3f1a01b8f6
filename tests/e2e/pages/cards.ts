import type { Page } from 'playwright-core';

/** The page on which the office prints cards. */
export class CardsDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/desk/cards');
    await this.page.getByRole('heading', { name: '打印哪些卡' }).waitFor();
  }

  /** Ticks the first `count` cards of the list and no other. */
  async choose(count: number): Promise<void> {
    const { page } = this;
    const list = page.getByRole('button', { name: '逐张挑选' });
    if (await list.isVisible()) await list.click();
    await page.getByRole('button', { name: '全部不勾' }).click();
    const boxes = await page.locator('main .list').getByRole('checkbox').all();
    for (const box of boxes.slice(0, count)) await box.check();
  }

  async withoutBacks(): Promise<void> {
    await this.page.getByRole('checkbox', { name: '打印背面' }).uncheck();
  }

  /** Prints without a printer. From then on the cards with their codes are on the page. */
  async print(): Promise<void> {
    const { page } = this;
    await page.evaluate(() => {
      window.print = () => undefined;
    });
    await page.getByRole('button', { name: /^打印 \d+ 张卡/ }).click();
    await page.locator('.sheet .page--front').first().waitFor({ state: 'attached' });
  }

  /** Prints and marks the cards as printed. */
  async printAndMark(): Promise<void> {
    const { page } = this;
    await this.print();
    await page.getByRole('button', { name: /^打印好了，记下这/ }).click();
    await page
      .getByText(/已记为打印过/)
      .first()
      .waitFor();
  }

  /** How many cards are listed as not printed. */
  async unprinted(): Promise<number> {
    const chip = await this.page.locator('fieldset label', { hasText: '还没打印过的' }).innerText();
    return Number(/\d+/.exec(chip)?.[0]);
  }

  printedHeads(): Promise<string[]> {
    return this.page.locator('.sheet .page--front .head').allTextContents();
  }

  async printedText(): Promise<string> {
    return (await this.page.locator('.sheet').textContent()) ?? '';
  }

  text(): Promise<string> {
    return this.page.locator('main').innerText();
  }
}
