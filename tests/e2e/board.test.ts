import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  hasChromium,
  launchBrowser,
  openWindow,
  picture,
  type SIZES,
  type Window,
} from '../support/browser.ts';
import { readDemoLogins } from '../support/demo-village.ts';
import { ask } from '../support/demo.ts';
import { pageFindings } from '../support/page-findings.ts';
import { type Program, startProgram } from '../support/program.ts';

interface Household {
  readonly head: string;
  readonly phone: string | null;
  readonly card: { readonly code: string } | null;
  readonly id: string;
}

describe.skipIf(!hasChromium)('the board on the wall', () => {
  let program: Program;
  let browser: Browser;
  const windows: Window[] = [];

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  async function hang(size: keyof typeof SIZES): Promise<Page> {
    const window = await openWindow(browser, size, program.origin);
    windows.push(window);
    return window.page;
  }

  async function open(page: Page): Promise<void> {
    await page.goto('/board/');
    await page.locator('.board .rows li').first().waitFor();
    await page.getByText(/好事$/).waitFor();
  }

  const goodsPage = (page: Page) => page.locator('.panel').first().locator('header .figures').innerText();

  it('is read from three metres on a television, in both languages', async () => {
    for (const language of ['zh-CN', 'en']) {
      const page = await hang('television');
      await page.addInitScript((wanted) => localStorage.setItem('jishan.language', wanted), language);
      await page.goto('/board/');
      await page.locator('.board .rows li').first().waitFor();
      const small = await page.evaluate(() => {
        const found: string[] = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        while (walker.nextNode()) {
          const element = walker.currentNode.parentElement;
          const text = walker.currentNode.textContent?.trim() ?? '';
          // A button is used by somebody who stands close, so its text may be smaller.
          if (text === '' || !element || element.closest('button')) continue;
          if (element.getBoundingClientRect().width === 0) continue;
          const size = Number.parseFloat(getComputedStyle(element).fontSize);
          if (size < 36) found.push(`${String(size)}px ${text}`);
        }
        return found;
      });
      expect(small).toEqual([]);
      const cutOff = await page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
      expect(cutOff).toBeLessThanOrEqual(0);
      expect(await pageFindings(page, 44)).toEqual([]);
      await picture(page, `board-television-${language}`);
    }
  });

  it('turns its pages by itself, holds them when told, and fills the screen', async () => {
    const page = await hang('television');
    await page.addInitScript(() => {
      const asked: string[] = [];
      Object.defineProperty(window, 'asked', { value: asked });
      Object.defineProperty(navigator, 'wakeLock', {
        value: { request: (what: string) => Promise.resolve(asked.push(what)) },
      });
    });
    await page.clock.install();
    await open(page);
    const first = await goodsPage(page);
    await page.clock.fastForward(13_000);
    await expect.poll(() => goodsPage(page)).not.toBe(first);
    await page.getByRole('button', { name: '停止翻页' }).click();
    const held = await goodsPage(page);
    await page.clock.fastForward(40_000);
    expect(await goodsPage(page)).toBe(held);
    await page.getByRole('button', { name: '全屏显示' }).click();
    await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
    await page.getByRole('button', { name: '全屏显示' }).waitFor({ state: 'detached' });
    const asked = await page.evaluate(() => (window as unknown as { asked: string[] }).asked);
    expect(asked).toContain('screen');
  });

  it('shows what it last heard, with its time, when the network is gone, also after a power cut', async () => {
    const page = await hang('television');
    await open(page);
    const rows = await page.locator('.board .rows li').allInnerTexts();
    await page.route('**/api/v1/**', (route) => route.abort());
    await page.reload();
    await page.getByText(/^网络断了，这里是 \d{4}-\d\d-\d\d \d\d:\d\d 的内容$/).waitFor();
    const now = await page.locator('.board .rows li').allInnerTexts();
    expect(now.length).toBeGreaterThan(5);
    expect(rows).toEqual(expect.arrayContaining(now));
    await picture(page, 'board-offline');
    await page.unroute('**/api/v1/**');
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.getByText(/网络断了/).waitFor({ state: 'detached' });
  });

  it('keeps long names and figures apart, and each on its line', async () => {
    const page = await hang('television');
    await page.route(/\/api\/v1\/board\/[^/]+$/, async (route) => {
      const board = (await (await route.fetch()).json()) as {
        goods: Record<string, unknown>[];
        deeds: Record<string, unknown>[];
      };
      for (const item of board.goods) item.name = '不锈钢多功能电压力锅六升含内胆两只'.repeat(2);
      for (const deed of board.deeds) {
        deed.name = '阿卜杜拉·买买提江·吐尔*';
        deed.group = '东风水库移民新村第十二村民小组';
        deed.points = 12_345_050;
      }
      await route.fulfill({ json: board });
    });
    await open(page);
    const spilt = await page.locator('.rows li').evaluateAll((rows) =>
      rows.flatMap((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        return [...row.querySelectorAll('*')]
          .filter((part) => {
            const box = part.getBoundingClientRect();
            return box.height > 0 && (box.top < top - 1 || box.bottom > bottom + 1);
          })
          .map((part) => part.textContent);
      }),
    );
    expect(spilt).toEqual([]);
    await picture(page, 'board-long');
  });

  it('that starts before the network does asks again by itself', async () => {
    const page = await hang('television');
    await page.clock.install();
    const api = '**/api/v1/**';
    await page.route(api, (route) => route.abort());
    await page.goto('/board/');
    await page.getByText('连不上服务器').waitFor();
    await picture(page, 'board-no-network');
    await page.unroute(api);
    await page.clock.fastForward(31_000);
    await page.locator('.board .rows li').first().waitFor();
  });

  it('runs for hours without growing', async () => {
    const page = await hang('television');
    await page.clock.install();
    await open(page);
    const client = await page.context().newCDPSession(page);
    let asked = 0;
    page.on('request', (request) => (asked += request.url().includes('/api/v1/board/') ? 1 : 0));
    const hour = async () => {
      for (let minute = 0; minute < 60; minute += 1) await page.clock.runFor(60_000);
    };
    await hour();
    const before = await heaviest(page, client);
    const askedBefore = asked;
    await hour();
    await hour();
    expect(asked - askedBefore).toBeGreaterThan(100);
    const after = await heaviest(page, client);
    expect(after.nodes).toBeLessThanOrEqual(before.nodes * 1.2 + 50);
    expect(after.listeners).toBeLessThanOrEqual(before.listeners + 10);
    expect(after.heap).toBeLessThanOrEqual(before.heap + 3_000_000);
  });

  it('on a phone is a page that scrolls, with both parts within reach', async () => {
    const page = await hang('phone');
    await open(page);
    expect(await page.locator('.board .rows li').count()).toBe(20);
    await page
      .getByRole('button', { name: /^看全部/ })
      .first()
      .click();
    expect(await page.locator('.board .rows li').count()).toBeGreaterThan(20);
    expect(await pageFindings(page, 44)).toEqual([]);
    await picture(page, 'board-phone');
  });

  it('tells nobody who the households are: no full name, number, phone or card, on the page or behind it', async () => {
    const people = await households();
    expect(people.length).toBeGreaterThan(100);
    const page = await hang('phone');
    const heard: string[] = [];
    page.on('response', async (response) => {
      if (response.url().includes('/api/')) heard.push(await response.text());
    });
    await open(page);
    const more = page.getByRole('button', { name: /^看全部/ });
    while ((await more.count()) > 0) await more.first().click();
    const text = (await page.locator('body').innerText()) + heard.join('\n');
    expect(heard.length).toBeGreaterThan(0);
    const secrets = people.flatMap(({ head, phone, card, id }) => [head, phone, card?.code, id]);
    const leaked = secrets.filter((secret) => secret && text.includes(secret));
    expect(leaked).toEqual([]);
    const { deeds } = JSON.parse(heard.at(-1) ?? '{}') as { deeds: Record<string, unknown>[] };
    expect(deeds.length).toBeGreaterThan(0);
    for (const deed of deeds) {
      expect(Object.keys(deed).sort()).toEqual(['category', 'day', 'group', 'name', 'points', 'title']);
      expect(deed.name).toContain('*');
      expect(deed.points).toBeGreaterThan(0);
    }
  });

  it('no screen complained or asked another host', () => {
    expect(windows.flatMap((window) => window.complaints)).toEqual([]);
  });

  /** All households with the data that the office sees. */
  async function households(): Promise<Household[]> {
    const admin = readDemoLogins(program).staff.find(({ role }) => role === 'admin');
    const { accessToken } = await ask<{ accessToken: string }>(program, '/session', {
      username: admin?.username,
      password: admin?.password,
    });
    const all: Household[] = [];
    let after: string | null = null;
    do {
      const query: string = after === null ? '' : `&after=${encodeURIComponent(after)}`;
      const page: { items: Household[]; next: string | null } = await ask(
        program,
        `/households?limit=200${query}`,
        undefined,
        { Authorization: `Bearer ${accessToken}` },
      );
      all.push(...page.items);
      after = page.next;
    } while (after !== null);
    return all;
  }
});

/** The board's pages weigh differently, so the heaviest one of a whole round counts. */
async function heaviest(page: Page, client: CDPSession): ReturnType<typeof weigh> {
  let most = await weigh(client);
  for (let step = 0; step < 16; step += 1) {
    await page.clock.runFor(10_000);
    const now = await weigh(client);
    most = {
      nodes: Math.max(most.nodes, now.nodes),
      listeners: Math.max(most.listeners, now.listeners),
      heap: Math.max(most.heap, now.heap),
    };
  }
  return most;
}

async function weigh(client: CDPSession): Promise<{ nodes: number; listeners: number; heap: number }> {
  await client.send('HeapProfiler.collectGarbage');
  const { nodes, jsEventListeners } = await client.send('Memory.getDOMCounters');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  return { nodes, listeners: jsEventListeners, heap: usedSize };
}
