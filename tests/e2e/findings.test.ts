import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from '../support/axe.ts';
import { hasChromium, launchBrowser, openWindow } from '../support/browser.ts';
import { settle } from '../support/measure.ts';

/** The judges of the other browser tests see what they are there for. */
describe.skipIf(!hasChromium)('what judges a page', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  async function pageWith(body: string): Promise<Page> {
    const { page } = await openWindow(browser, 'desk', 'http://localhost');
    await page.setContent(`<html lang="zh-CN"><title>页</title><style>.pale { color: #bbb }</style>
      <main><h1>户</h1>${body}</main></html>`);
    return page;
  }
  const list = (rowOf: (index: number) => string) =>
    `<ul>${Array.from({ length: 40 }, (_, index) => rowOf(index)).join('')}</ul>`;

  it('sees the one row of a long list that is built otherwise', async () => {
    const page = await pageWith(
      list((index) => `<li><span${index === 30 ? ' class="pale"' : ''}>第 ${String(index)} 户</span></li>`),
    );
    expect(await seriousFindings(page)).toEqual([expect.stringContaining('第 30 户')]);
  });

  it('sees the one row whose words are missing', async () => {
    const page = await pageWith(
      list((index) => `<li><button type="button">${index === 30 ? '' : '打开'}</button></li>`),
    );
    expect(await seriousFindings(page)).toEqual([expect.stringMatching(/^button-name/)]);
  });

  it('sees a row that another rule colours', async () => {
    const page = await pageWith(
      `<style>li:nth-child(31) { color: #bbb }</style>${list(() => '<li>农户</li>')}`,
    );
    expect(await seriousFindings(page)).toHaveLength(1);
  });

  it('tells of rows built alike twice and not forty times, and leaves no mark behind', async () => {
    const page = await pageWith(list((index) => `<li class="pale">第 ${String(index)} 户</li>`));
    expect(await seriousFindings(page)).toHaveLength(2);
    expect(await page.locator('[data-built-alike]').count()).toBe(0);
  });

  it('looks no further than it is told', async () => {
    const page = await pageWith(
      '<p class="pale">后面</p><div role="dialog" aria-label="问"><p>前面</p></div>',
    );
    expect(await seriousFindings(page)).toHaveLength(1);
    expect(await seriousFindings(page, { within: '[role=dialog]' })).toEqual([]);
  });

  it('waits for all that a page asks for, one thing after another', async () => {
    const page = await pageWith('');
    let answered = 0;
    await page.route('**/more', async (route) => {
      answered += 1;
      await route.fulfill({ body: String(answered), headers: { 'Access-Control-Allow-Origin': '*' } });
    });
    await page.evaluate(async () => {
      const ask = async () => (await fetch('http://localhost/more')).text();
      document.title = '问';
      setTimeout(
        () =>
          void ask()
            .then(ask)
            .then(ask)
            .then((last) => (document.title = last)),
      );
      await Promise.resolve();
    });
    await settle(page);
    expect(await page.title()).toBe('3');
  });
});
