import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import words from '../../../client/desk/handovers/locales/zh-CN.ts';

const { start, sign, withdraw, state } = words.handovers;

/** The desk's pages of hand-overs, by the words on the screen. */
export class HandoversDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/desk/handovers');
    await this.page.getByRole('heading', { level: 1 }).waitFor();
  }

  /** Makes a pack and waits for its page. */
  async start(from: string, to: string): Promise<void> {
    const { page } = this;
    await this.open();
    await page.getByLabel(start.from).selectOption({ label: from });
    await page.getByLabel(start.to).selectOption({ label: to });
    await page.getByRole('button', { name: start.go }).click();
    await this.said(start.done);
    await page.getByRole('article').first().waitFor();
  }

  async sign(password: string, remark = ''): Promise<void> {
    const { page } = this;
    await page.getByLabel(sign.remark).fill(remark);
    await page.getByLabel(sign.password).fill(password);
    await page.getByRole('button', { name: sign.go }).click();
  }

  async signed(): Promise<void> {
    await this.said(sign.done);
    await expect.poll(() => this.page.getByRole('button', { name: sign.go }).count()).toBe(0);
  }

  async withdraw(reason: string): Promise<void> {
    const { page } = this;
    await page.getByText(withdraw.title).click();
    await page.getByLabel(withdraw.reason).fill(reason);
    await page.getByRole('button', { name: withdraw.go, exact: true }).click();
    await this.said(withdraw.done);
  }

  /** Waits for what the desk says: the state of a pack is often told in the same words. */
  private async said(words: string): Promise<void> {
    await this.page.getByRole('status').getByText(words, { exact: true }).waitFor();
  }

  async stands(how: keyof typeof state): Promise<void> {
    await this.page.getByRole('main').getByText(state[how], { exact: true }).waitFor();
  }
}
