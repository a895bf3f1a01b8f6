import type { Page } from 'playwright-core';
import { untilQuiet } from '../../support/quiet.ts';
import words from '../../../client/desk/signatures/locales/zh-CN.ts';

const { signatures } = words;
const FOUND = new RegExp(`^\\s*${signatures.days.found.replace('{n}', '\\d+')}\\s*$`, 'u');

/** The desk's page of signatures, by the words on the screen. */
export class SignaturesDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/desk/signatures');
    await this.past().waitFor();
  }

  opening() {
    return this.page.getByRole('region', { name: signatures.opening.title });
  }

  week() {
    return this.page.getByRole('region', { name: signatures.week.title });
  }

  past() {
    return this.page.getByRole('region', { name: signatures.past });
  }

  days() {
    return this.page.getByRole('region', { name: signatures.days.title });
  }

  async signOpening(remark: string): Promise<void> {
    await this.opening().getByLabel(signatures.remark).fill(remark);
    await this.opening().getByRole('button', { name: signatures.opening.sign }).click();
    await this.opening().waitFor({ state: 'detached' });
    await this.past().getByText(remark, { exact: true }).first().waitFor();
  }

  async signWeek(remark: string): Promise<void> {
    await this.week().getByLabel(signatures.remark).fill(remark);
    await this.week().getByRole('button', { name: signatures.sign, exact: true }).click();
    await this.past().getByText(remark, { exact: true }).first().waitFor();
  }

  /** Looks at other days, and waits until it is told how much there was. */
  async look(from: string, to: string): Promise<string> {
    const days = this.days();
    await days.getByLabel(signatures.days.from).fill(from);
    await days.getByLabel(signatures.days.to).fill(to);
    // While the list is fetched there is a status of loading.
    const found = days.getByText(FOUND);
    await found.waitFor();
    await untilQuiet(this.page);
    return found.innerText();
  }
}
