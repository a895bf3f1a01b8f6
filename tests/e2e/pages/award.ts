import type { Locator, Page } from 'playwright-core';

/** The award screen as a committee member uses it on a phone. It counts every tap. */
export class AwardScreen {
  readonly page: Page;
  taps = 0;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/desk/award');
    await this.page.getByRole('heading', { name: /选细则/ }).waitFor();
    this.taps = 0;
  }

  async tap(target: Locator): Promise<void> {
    await target.click();
    this.taps += 1;
  }

  /** The rules, in their order on the screen. */
  rules(): Locator {
    return this.page.locator('section', { hasText: '选细则' }).getByRole('listitem').getByRole('button');
  }

  households(): Locator {
    return this.page.locator('section', { hasText: '选农户' }).getByRole('listitem').getByRole('checkbox');
  }

  async findRule(typed: string): Promise<void> {
    await this.page.getByLabel('找细则').fill(typed);
  }

  async findHousehold(typed: string, found: number): Promise<void> {
    await this.page.getByLabel('找农户').fill(typed);
    await this.page.getByText(`找到 ${found} 户`, { exact: true }).waitFor();
  }

  /** Finds a household by its number, which may be part of others' as well, and chooses it. */
  async chooseHousehold(number: string): Promise<void> {
    await this.page.getByLabel('找农户').fill(number);
    await this.tap(this.household(number));
  }

  household(number: string): Locator {
    const own = this.page.getByText(number, { exact: true });
    return this.page
      .locator('section', { hasText: '选农户' })
      .getByRole('listitem')
      .filter({ has: own })
      .getByRole('checkbox');
  }

  /** The bar with the chosen households and the button that submits. */
  bar(): Locator {
    return this.page.getByRole('region', { name: '已选农户' });
  }

  submit(): Promise<void> {
    return this.tap(this.bar().getByRole('button', { name: /提交/ }));
  }

  async addPhoto(name: string, bytes: Buffer): Promise<void> {
    await this.page
      .locator('input[type=file]')
      .setInputFiles({ name, mimeType: 'image/jpeg', buffer: bytes });
  }

  async arrived(): Promise<void> {
    await this.page.getByText('已提交，等待审核').waitFor();
  }
}
