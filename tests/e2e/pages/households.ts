import { ApprovalsDesk } from './approvals.ts';
import type { Page } from 'playwright-core';
import { untilQuiet } from '../../support/quiet.ts';

/** Types into the search of a page of households and waits for its list: rows move until then, and a click would hit nothing. */
export async function searchHouseholds(page: Page, words: string): Promise<void> {
  const found = page.waitForResponse((answer) => new URL(answer.url()).searchParams.get('q') === words);
  await page.getByRole('searchbox').fill(words);
  await found;
  await untilQuiet(page);
}

/** The office's work on households, by the words on the screen. */
export class HouseholdsDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(number: string): Promise<void> {
    const { page } = this;
    await page.goto('/desk/households?state=all');
    await searchHouseholds(page, number);
    await page
      .getByRole('link', { name: new RegExp(`^${number} `) })
      .first()
      .click();
    await page.getByRole('heading', { name: '存折', exact: true }).waitFor();
    await untilQuiet(page);
  }

  /** The number of a household that is concerned by no proposal, which may be another one each day of the demo. */
  async findWithoutOpenProposals(isFit: (page: string) => boolean = () => true): Promise<string> {
    const { page } = this;
    for (let number = 2; number < 30; number += 1) {
      const padded = String(number).padStart(3, '0');
      await this.open(padded);
      if (!isFit(await this.text())) continue;
      await page.goto(`${new URL(page.url()).pathname}/change`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      await untilQuiet(page);
      if (!(await page.getByText(/这户还有 \d+ 件事没办完/).isVisible())) return padded;
    }
    throw new Error('every household waits for something');
  }

  /** Proposes a merge in the wizard and returns the announced effect. */
  async proposeMerge(into: string, reason: string): Promise<string> {
    const { page } = this;
    await page.getByRole('link', { name: '分户、并户、迁出' }).click();
    await page.getByText('并户', { exact: true }).click();
    await page.getByRole('searchbox', { name: '并入哪一户' }).fill(into);
    await page.getByRole('button', { name: new RegExp(`^选这户 ${into} `) }).click();
    await page.getByLabel('原因').fill(reason);
    const effects = await page.locator('section', { hasText: '审核通过后会这样' }).last().innerText();
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByRole('heading', { name: /^并户/ }).waitFor();
    return effects;
  }

  async proposeSplit(head: string, points: string, reason: string): Promise<void> {
    const { page } = this;
    await page.getByRole('link', { name: '分户、并户、迁出' }).click();
    await page.getByLabel('户主').fill(head);
    await page.getByLabel('带走多少积分').fill(points);
    await page.getByLabel('原因').fill(reason);
    await page.getByRole('button', { name: '提交审核' }).click();
    await page.getByRole('heading', { name: /^分户/ }).waitFor();
  }

  /** Approves the newest proposed change and returns the text of its card. */
  async approve(kind: string): Promise<string> {
    const { page } = this;
    await page.goto('/desk/approvals');
    const card = page
      .getByRole('article')
      .filter({ has: page.getByRole('strong').filter({ hasText: kind }) })
      .first();
    const place = await new ApprovalsDesk(page).openBatch(card);
    const said = await place.innerText();
    await place.getByRole('button', { name: '同意入账' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '同意入账' }).click();
    await page
      .getByText(/^已(入账|处理) \d+ [户笔]/)
      .first()
      .waitFor();
    return said;
  }

  async reopen(): Promise<void> {
    const { page } = this;
    await page.getByRole('button', { name: '恢复这户' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '恢复这户' }).click();
    await page.getByText('已恢复，并发了新卡').first().waitFor();
  }

  /** The number of households under these filters, from the list's first line. */
  async count(query: string): Promise<number> {
    const { page } = this;
    await page.goto(`/desk/households?${query}`);
    await untilQuiet(page);
    if (await page.getByText('没有找到').isVisible()) return 0;
    const line = await page
      .getByText(/^共 [\d,]+ 户/)
      .first()
      .innerText();
    return Number(/[\d,]+/.exec(line)?.[0].replaceAll(',', ''));
  }

  async export(format: 'Excel' | 'CSV'): Promise<{ name: string; path: string }> {
    const { page } = this;
    const button = page.getByRole('button', { name: `导出 ${format}` });
    if (!(await button.isVisible())) await page.getByText('更多条件、导出').click();
    const started = page.waitForEvent('download');
    await button.click();
    const download = await started;
    return { name: download.suggestedFilename(), path: await download.path() };
  }

  async searchPassbook(words: string): Promise<string> {
    await this.page.getByLabel('在存折里找').fill(words);
    await this.page.getByText(/^找到 \d+ 笔/).waitFor();
    return this.page
      .locator('section.card', { has: this.page.getByRole('heading', { name: '存折', exact: true }) })
      .innerText();
  }

  text(): Promise<string> {
    return this.page.locator('main').innerText();
  }
}
