import type { Page } from 'playwright-core';

/** Changes that need two people, as both of them meet them at the desk. */
export class Changes {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** The question that comes up when something is saved that one person may not do alone. */
  get question() {
    return this.page.getByRole('dialog', { name: '要第二个人同意' });
  }

  /** Hands in what has just been refused. */
  async handIn(reason = ''): Promise<void> {
    await this.question.getByLabel('为什么要这样办').fill(reason);
    await this.question.getByRole('button', { name: '提交，等审核人同意' }).click();
    await this.page.getByRole('heading', { name: '两人同意' }).waitFor();
  }

  async open(): Promise<void> {
    await this.page.goto('/desk/changes');
    await this.page.getByRole('heading', { name: '两人同意' }).waitFor();
  }

  /** Agrees to the one that waits. */
  async agree(): Promise<void> {
    await this.page.getByRole('button', { name: /^同意，/ }).click();
    await this.page
      .getByRole('dialog')
      .getByRole('button', { name: /^同意，/ })
      .click();
    await this.page.getByText('没有等着的改动').waitFor();
  }

  async refuse(note: string): Promise<void> {
    await this.page.getByRole('button', { name: '不同意' }).click();
    const dialog = this.page.getByRole('dialog');
    await dialog.getByRole('button', { name: '不同意' }).click();
    await dialog.getByText('请写一句原因').waitFor();
    await dialog.getByLabel('原因').fill(note);
    await dialog.getByRole('button', { name: '不同意' }).click();
    await this.page.getByText('没有等着的改动').waitFor();
  }
}
