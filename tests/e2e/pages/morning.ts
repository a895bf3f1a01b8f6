import type { Locator, Page } from 'playwright-core';

/** Somebody who sets a village up for the first time. Counts what this person does: taps, chosen files, filled fields. */
export class Hands {
  actions = 0;
  readonly done: string[] = [];
  /** The same, and what else happened, each with its second since the beginning: for docs/operate.md. */
  readonly diary: string[] = [];
  private readonly beganMs = Date.now();

  async tap(where: Locator): Promise<void> {
    await where.click();
    this.count(`tap ${String(where)}`);
  }

  async fill(where: Locator, text: string): Promise<void> {
    await where.fill(text);
    this.count(`fill ${text}`);
  }

  async choose(page: Page, file: string): Promise<void> {
    await page.locator('input[type=file]').setInputFiles(file);
    this.count(`choose ${file}`);
  }

  /** Something done away from a screen that a page sees: a code scanned, digits typed on a pad. */
  async once(what: string, act: () => Promise<void>): Promise<void> {
    await act();
    this.count(what);
  }

  note(what: string): void {
    this.diary.push(`${((Date.now() - this.beganMs) / 1000).toFixed(1)} s  ${what}`);
  }

  private count(what: string): void {
    this.actions += 1;
    this.done.push(`${this.actions} ${what}`);
    this.note(`${this.actions} ${what}`);
  }
}
