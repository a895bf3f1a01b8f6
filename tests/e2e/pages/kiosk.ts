import type { Page } from 'playwright-core';
import { createScanner } from '../../support/scanner.ts';

/** The shop's kiosk: a volunteer's fingers and a scanner that types. */
export class Kiosk {
  readonly page: Page;
  private scanner: ReturnType<typeof createScanner> | null = null;

  constructor(page: Page) {
    this.page = page;
  }

  async pair(code: string): Promise<void> {
    await this.page.goto('/kiosk/');
    await this.pressDigits(code);
    await this.page.getByRole('button', { name: '配对' }).click();
    await this.page.getByText('今天谁当班？').waitFor();
  }

  async signIn(volunteer: string, pin: string): Promise<void> {
    await this.page.getByRole('button', { name: volunteer }).click();
    await this.pressDigits(pin);
    await this.page.getByText('请刷卡').first().waitFor();
  }

  /** A USB scanner: a burst of key presses that ends with Enter. */
  async scan(code: string): Promise<void> {
    this.scanner ??= createScanner(this.page);
    await (
      await this.scanner
    )(code);
  }

  async scanCard(code: string): Promise<void> {
    await this.scan(code);
    await this.page.getByText('积分余额').first().waitFor();
  }

  async addByPicture(goods: string): Promise<void> {
    await this.page
      .getByRole('button', { name: new RegExp(goods.replace(/[()]/g, '\\\\$&')) })
      .first()
      .click();
  }

  /** One tap. */
  async confirm(): Promise<void> {
    await this.page.getByRole('button', { name: /^确认兑换/ }).click();
    await this.page.getByText('兑好了').first().waitFor();
  }

  async undo(): Promise<void> {
    await this.page.getByRole('button', { name: '撤销这一笔' }).click();
    await this.page.getByRole('button', { name: '撤销，积分退回' }).click();
    await this.page.getByText('已经撤销').first().waitFor();
  }

  async next(): Promise<void> {
    await this.page.getByRole('button', { name: '下一位' }).click();
    await this.page.getByText('请刷卡').first().waitFor();
  }

  async openCamera(): Promise<void> {
    await this.page.getByRole('button', { name: /摄像头/ }).click();
    await this.page.getByRole('dialog', { name: '用摄像头扫码' }).waitFor();
  }

  async closeCamera(): Promise<void> {
    await this.page.getByRole('button', { name: '关掉摄像头' }).click();
    await this.page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  /** Pieces in the basket. */
  async pieces(): Promise<number> {
    const counts = await this.page.locator('.steps output').allTextContents();
    return counts.reduce((sum, count) => sum + Number(count), 0);
  }

  text(): Promise<string> {
    return this.page.locator('body').innerText();
  }

  async pressDigits(digits: string): Promise<void> {
    for (const digit of digits.replaceAll(' ', '')) {
      await this.page.getByRole('button', { name: digit, exact: true }).click();
    }
  }
}
