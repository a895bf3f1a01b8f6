import type { Locator, Page } from 'playwright-core';
import menu from '../../../client/desk/fairness/menu/locales/zh-CN.ts';
import words from '../../../client/desk/fairness/locales/zh-CN.ts';

const { fairness } = words;
const TITLES = {
  groups: fairness.groups.title,
  proposers: fairness.proposers.title,
  approvers: fairness.approvers.title,
  rules: fairness.rules.title,
} as const;
type Table = keyof typeof TITLES;

/** The desk's page of how fairly points are given, by the words on the screen. */
export class FairnessDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the page through the menu. */
  async open(): Promise<void> {
    await this.page
      .getByRole('navigation')
      .getByRole('link', { name: menu.fairness.menu.name })
      .first()
      .click();
    await this.shown();
  }

  async goTo(query = ''): Promise<void> {
    await this.page.goto(`/desk/fairness${query}`);
    await this.shown();
  }

  private async shown(): Promise<void> {
    await this.page.getByRole('heading', { level: 1, name: fairness.title }).waitFor();
    await this.section('groups').getByRole('row').nth(1).waitFor();
  }

  section(table: Table): Locator {
    return this.page.getByRole('region', { name: TITLES[table], exact: true });
  }

  /** The figures of a table that can be opened. */
  figures(table: Table): Locator {
    return this.section(table).getByRole('link');
  }

  /** Opens a figure; gives it, the sum that the list says, without its sign, and how many entries are listed of how many. */
  async openFigure(figure: Locator): Promise<{ figure: string; sum: string; listed: number; count: number }> {
    const text = (await figure.innerText()).trim();
    await figure.click();
    await this.page.getByRole('heading', { level: 1, name: fairness.entries.title }).waitFor();
    const rows = this.page.getByRole('table').getByRole('link');
    await rows.first().waitFor();
    const lead = await this.page.getByRole('main').locator('header').innerText();
    const [, count = '', sum = ''] = /一共 ([\d,]+) 笔，合计 [-\u2212]?([\d,.]+) 分/.exec(lead) ?? [];
    return { figure: text, sum, listed: await rows.count(), count: Number(count.replaceAll(',', '')) };
  }

  async back(): Promise<void> {
    await this.page.getByRole('link', { name: fairness.entries.back }).click();
    await this.shown();
  }
}
