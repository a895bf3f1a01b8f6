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
    await page.locator('.board h1').first().waitFor();
  }

  const title = (page: Page) => page.locator('.slide h1').last().innerText();

  /** Goes through a round of the board by its own clock. */
  async function round(page: Page, look: (title: string) => Promise<void>): Promise<void> {
    const pips = await page.locator('.pips i').count();
    expect(pips).toBeGreaterThan(4);
    for (let slide = 0; slide < pips; slide += 1) {
      await page.clock.runFor(1_000);
      await expect.poll(() => page.locator('.slide').count()).toBe(1);
      await look(await title(page));
      await page.clock.runFor(13_000);
    }
  }

  it.each(['zh-CN', 'en'])(
    'is read from three metres on a television, every slide of it, in %s',
    async (language) => {
      const page = await hang('television');
      await page.addInitScript((wanted) => localStorage.setItem('jishan.language', wanted), language);
      await page.clock.install();
      await open(page);
      const titles = new Set<string>();
      await round(page, async (said) => {
        titles.add(said);
        expect(await textUnder(page, 36)).toEqual([]);
        expect(
          await page.evaluate(() => document.documentElement.scrollHeight - innerHeight),
        ).toBeLessThanOrEqual(0);
        expect(await pageFindings(page, 44)).toEqual([]);
        await picture(page, `board-television-${language}-${String(titles.size)}`);
      });
      expect(titles.size).toBeGreaterThanOrEqual(5);
    },
  );

  it('has controls only while somebody is at the screen; they turn, hold and fill it', async () => {
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
    expect(await page.getByRole('button').count()).toBe(0);
    const first = await title(page);
    await page.clock.fastForward(15_000);
    await expect.poll(() => title(page)).not.toBe(first);
    await page.mouse.move(300, 300);
    await page.getByRole('button', { name: '上一页' }).click();
    await expect.poll(() => title(page)).toBe(first);
    await page.getByRole('button', { name: '停在这页' }).click();
    await picture(page, 'board-controls');
    await page.clock.fastForward(60_000);
    expect(await title(page)).toBe(first);
    await expect.poll(() => page.getByRole('button').count()).toBe(0);
    await page.mouse.move(400, 300);
    await page.getByRole('button', { name: '全屏显示' }).click();
    await expect.poll(() => page.evaluate(() => document.fullscreenElement !== null)).toBe(true);
    const asked = await page.evaluate(() => (window as unknown as { asked: string[] }).asked);
    expect(asked).toContain('screen');
  });

  it('shows what it last heard, with its time, when the network is gone, also after a power cut', async () => {
    const page = await hang('television');
    await open(page);
    const before = await title(page);
    await page.route('**/api/v1/**', (route) => route.abort());
    await page.reload();
    await page.getByText(/^网络断了，这里是 \d+月\d+日 \d\d:\d\d 的内容$/).waitFor();
    expect(await title(page)).toBe(before);
    await picture(page, 'board-offline');
    await page.unroute('**/api/v1/**');
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.getByText(/网络断了/).waitFor({ state: 'detached' });
  });

  it('keeps long names and figures apart, and each on its line', async () => {
    const page = await hang('television');
    await page.route(/\/api\/v1\/board\/[^/]+$/, async (route) => {
      const board = (await (await route.fetch()).json()) as {
        village: { shopHours: string };
        goods: Record<string, unknown>[];
        deeds: Record<string, unknown>[];
        month: Record<string, unknown>;
      };
      board.month = { households: 1_087, awarded: 123_456_750, pieces: 12_345 };
      for (const item of board.goods) item.name = '不锈钢多功能电压力锅六升含内胆两只'.repeat(2);
      for (const deed of board.deeds) {
        deed.title = '积极参加全村人居环境整治提升及农房风貌管控集中行动日活动';
        deed.names = Array.from({ length: 12 }, () => '阿卜杜拉·买买提江·吐尔*');
        deed.groups = ['东风水库移民新村第十二村民小组'];
        deed.points = 12_345_050;
      }
      board.village.shopHours = '逢三逢八赶集日、周三、周六、法定节假日前一天'.repeat(4);
      await route.fulfill({ json: board });
    });
    await page.clock.install();
    await open(page);
    let at = 0;
    await round(page, async () => {
      // A slide that comes up is fitted to what stands on it.
      await expect.poll(() => spilt(page)).toEqual([]);
      // Both ends of a name are there: the end says the size.
      for (const name of await page.locator('.shelf strong').allInnerTexts())
        expect(name).toMatch(/^不锈钢[^]*…[^]*含内胆两只$/);
      expect(
        await page.evaluate(() => document.querySelector('.pips')?.getBoundingClientRect().right),
      ).toBeLessThan(1920);
      await picture(page, `board-long-${String((at += 1))}`);
    });
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
    await page.locator('.slide').first().waitFor();
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
    const before = await lightest(page, client);
    const askedBefore = asked;
    await hour();
    await hour();
    expect(asked - askedBefore).toBeGreaterThan(100);
    const after = await lightest(page, client);
    // The board showed about 500 slides in between.
    expect(after.nodes).toBeLessThanOrEqual(before.nodes + 100);
    expect(after.listeners).toBeLessThanOrEqual(before.listeners + 10);
    expect(after.heap).toBeLessThanOrEqual(before.heap + 3_000_000);
  });

  it('on a phone is a page that scrolls, with both parts within reach', async () => {
    const page = await hang('phone');
    await open(page);
    const rows = page.locator('.board .rows li');
    const few = await rows.count();
    expect(few).toBeGreaterThan(10);
    const more = page.getByRole('button', { name: /^看全部/ });
    while ((await more.count()) > 0) await more.first().click();
    expect(await rows.count()).toBeGreaterThan(few + 10);
    expect(await pageFindings(page, 44)).toEqual([]);
    await picture(page, 'board-phone');
  });

  it('tells nobody who the households are: no full name, number or phone, on the page or behind it', async () => {
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
    const secrets = people.flatMap(({ head, phone, id }) => [head, phone, id]);
    const leaked = secrets.filter((secret) => secret && text.includes(secret));
    expect(leaked).toEqual([]);
    const { deeds } = JSON.parse(heard.at(-1) ?? '{}') as { deeds: Record<string, unknown>[] };
    expect(deeds.length).toBeGreaterThan(0);
    for (const deed of deeds) {
      expect(Object.keys(deed).sort()).toEqual([
        'bookedOn',
        'category',
        'day',
        'drawing',
        'groups',
        'households',
        'names',
        'points',
        'title',
      ]);
      for (const name of deed.names as string[]) expect(name).toContain('*');
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

/** The texts that are smaller than this. Somebody who stands close uses a button, so its text may be smaller. */
async function textUnder(page: Page, leastPx: number): Promise<string[]> {
  return page.evaluate((least) => {
    const found: string[] = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      const text = walker.currentNode.textContent?.trim() ?? '';
      if (text === '' || !element || element.closest('button')) continue;
      if (element.getBoundingClientRect().width === 0) continue;
      const size = Number.parseFloat(getComputedStyle(element).fontSize);
      if (size < least) found.push(`${String(size)}px ${text}`);
    }
    return found;
  }, leastPx);
}

/** The texts of the present slide that stand over its edge, or over the edge of the row or card they belong to. */
async function spilt(page: Page): Promise<string[]> {
  return page.locator('.slide').evaluateAll((slides) =>
    slides.flatMap((slide) =>
      [slide, ...slide.querySelectorAll('li')].flatMap((row) => {
        const { top, bottom } = row.getBoundingClientRect();
        const right = Math.min(row.getBoundingClientRect().right, innerWidth);
        return [...row.querySelectorAll('p, h1, strong, span, b')]
          .filter((part) => {
            const box = part.getBoundingClientRect();
            return box.height > 0 && (box.top < top - 1 || box.bottom > bottom + 1 || box.right > right + 1);
          })
          .map((part) => part.textContent);
      }),
    ),
  );
}

/**
 * Slides weigh differently, and two lie over each other while they change. So the lightest moment of a whole
 * round counts: what leaks is there at every moment.
 */
async function lightest(page: Page, client: CDPSession): ReturnType<typeof weigh> {
  let least = await weigh(client);
  for (let step = 0; step < 16; step += 1) {
    await page.clock.runFor(10_000);
    const now = await weigh(client);
    least = {
      nodes: Math.min(least.nodes, now.nodes),
      listeners: Math.min(least.listeners, now.listeners),
      heap: Math.min(least.heap, now.heap),
    };
  }
  return least;
}

async function weigh(client: CDPSession): Promise<{ nodes: number; listeners: number; heap: number }> {
  await client.send('HeapProfiler.collectGarbage');
  const { nodes, jsEventListeners } = await client.send('Memory.getDOMCounters');
  const { usedSize } = await client.send('Runtime.getHeapUsage');
  return { nodes, listeners: jsEventListeners, heap: usedSize };
}
