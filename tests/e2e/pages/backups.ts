import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { Changes } from './changes.ts';
import { untilQuiet } from '../../support/quiet.ts';

/** The desk's page of backups: one more, one taken away, and the way back. */
export class Backups {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/desk/backups');
    await this.page.getByRole('heading', { level: 1, name: '备份' }).waitFor();
    await untilQuiet(this.page);
  }

  async make(): Promise<void> {
    await this.page.getByRole('button', { name: '现在备份' }).click();
    await this.page.getByText('备份做好了，已核对').waitFor();
  }

  /** Each backup of the list in its words, latest first. */
  async listed(): Promise<string[]> {
    return this.page.locator('main').getByRole('listitem').allInnerTexts();
  }

  /** Takes one of a kind away; answers where it was saved. */
  async takeAway(kind: string, password: string, folder: string): Promise<string> {
    const { page } = this;
    await this.row(kind).getByRole('button', { name: '带走' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('再输一次您的密码').fill(password);
    const saving = page.waitForEvent('download');
    await dialog.getByRole('button', { name: '下载' }).click();
    const saved = await saving;
    const path = join(folder, saved.suggestedFilename());
    await saved.saveAs(path);
    await dialog.waitFor({ state: 'hidden' });
    return path;
  }

  async askToRestore(kind: string): Promise<void> {
    await this.row(kind).getByRole('button', { name: '恢复' }).click();
    await this.page.getByRole('dialog', { name: '用这份备份恢复' }).waitFor();
  }

  async askForFile(): Promise<void> {
    await this.page.getByRole('button', { name: '从文件恢复' }).click();
    await this.page.getByRole('dialog', { name: '从文件恢复' }).waitFor();
  }

  async choose(file: string): Promise<void> {
    await this.page.locator('input[type=file]').setInputFiles(file);
  }

  /** Fills in what is asked for; the village's name is written in the hint below its field. */
  async fillIn(password: string): Promise<void> {
    const dialog = this.page.getByRole('dialog', { name: '用这份备份恢复' });
    await dialog.waitFor();
    await dialog.getByLabel('再输一次您的密码').fill(password);
    const [, village = ''] = /照着写：(\S+)/.exec(await dialog.innerText()) ?? [];
    await dialog.getByLabel('写出本村的名字').fill(village);
  }

  /** Says yes to going back, which a second person must have agreed to. */
  async askSecond(): Promise<void> {
    await this.page.getByRole('dialog').getByRole('button', { name: '恢复到这一份' }).click();
    await new Changes(this.page).handIn();
  }

  /** Ends at the door, where everybody logs in anew. */
  async restore(): Promise<void> {
    await this.page.getByRole('dialog').getByRole('button', { name: '恢复到这一份' }).click();
    await this.page.waitForURL(/\/desk\/login/, { timeout: 60_000 });
    await this.page.getByLabel('用户名').waitFor();
  }

  private row(kind: string) {
    return this.page.locator('main').getByRole('listitem').filter({ hasText: kind }).first();
  }
}
