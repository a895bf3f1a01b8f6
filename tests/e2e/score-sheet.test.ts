import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { workbook } from '../fixtures/papers/make.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { findings, settle } from '../support/measure.ts';
import { type Program, startProgram } from '../support/program.ts';
import { ruleSample } from '../support/samples.ts';
import { newKey } from '../support/server.ts';
import { Desk } from './pages/desk.ts';

interface Logins {
  readonly staff: readonly { role: string; username: string; password: string }[];
  readonly households: readonly { number: string }[];
}

const RULE = '义务大扫除';

describe.skipIf(!hasChromium)('a month’s score sheet at the desk of the demo village', () => {
  let program: Program;
  let browser: Browser;
  let lane: Window;
  let office: Window;
  let numbers: string[] = [];

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    const logins = JSON.parse(readFileSync(join(program.dataDir, 'demo-logins.json'), 'utf8')) as Logins;
    numbers = logins.households.map(({ number }) => number);
    browser = await launchBrowser();
    const personOf = (role: string) => {
      const person = logins.staff.find((one) => one.role === role);
      if (!person) throw new Error(`nobody is ${role}`);
      return person;
    };
    const enter = async (role: string, kind: 'desk' | 'phone') => {
      const window = await openWindow(browser, kind, program.origin);
      const { username, password } = personOf(role);
      await new Desk(window.page).logIn(username, password);
      await window.page.getByRole('heading', { name: /您好/ }).waitFor();
      return window;
    };
    await addRule(personOf('admin'));
    office = await enter('committee', 'desk');
    lane = await enter('approver', 'phone');
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  /** An administrator writes the rule, by the program's own interface. */
  async function addRule({ username, password }: Logins['staff'][number]): Promise<void> {
    const post = async (path: string, body: object, token = '') => {
      const headers = {
        ...{ 'Content-Type': 'application/json', 'Idempotency-Key': newKey() },
        ...(token === '' ? {} : { Authorization: `Bearer ${token}` }),
      };
      const sent = { method: 'POST', headers, body: JSON.stringify(body) };
      const response = await fetch(`${program.origin}/api/v1${path}`, sent);
      if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
      return (await response.json()) as { accessToken?: string };
    };
    const { accessToken } = await post('/session', { username, password });
    const fixed = { pointsMode: 'fixed', points: 500, pointsMin: null, pointsMax: null };
    await post('/rules', { ...ruleSample('Y1', RULE), ...fixed }, accessToken);
  }

  /** A table of these households under the rule, with what stands in each cell. */
  function sheet(...cells: readonly (string | number)[]) {
    const rows = cells.map((cell, index) => [
      numbers[index] ?? '',
      cell,
      typeof cell === 'number' && cell !== 1 ? cell : 5,
    ]);
    const buffer = workbook([{ rows: [['户号', RULE, '合计'], ...rows] }]);
    const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
    return { name: '评分表.xlsx', mimeType, buffer };
  }

  async function choose(page: Page, file: ReturnType<typeof sheet>): Promise<void> {
    await page.goto('/desk/award');
    await page.getByRole('link', { name: '导入本月评分表' }).click();
    await page.getByRole('heading', { name: '月评分表' }).waitFor();
    await page.locator('input[type=file]').setInputFiles(file);
    await page.getByRole('heading', { name: '确认后会怎样' }).waitFor();
  }

  it('with a wrong cell is told where, and cannot be sent', async () => {
    const { page } = office;
    await choose(page, sheet('√', '优', 7));
    await page.getByText('有 2 处不对，整张表先不能报').waitFor();
    await page.getByText('“优”不是分，也不是打勾。').waitFor();
    await page.getByText('不合细则 Y1 的分值：只能是 5 分').waitFor();
    expect(await page.getByRole('button', { name: /^提交审核/ }).count()).toBe(0);
    await settle(page);
    await picture(page, 'scores-desk-wrong');
    expect(await findings(page, { touch: 44 })).toEqual([]);
  });

  it('asks what is unclear, is sent as one batch, and leads to it', async () => {
    const { page } = office;
    await choose(page, sheet('√', 1, 5));
    await page.getByText(/表里有 1 格写的是 1/).waitFor();
    await settle(page);
    await picture(page, 'scores-desk-asked');
    expect(await findings(page, { touch: 44 })).toEqual([]);
    await page.getByRole('button', { name: '是打勾' }).click();
    await page.getByText('您已经确定。').waitFor();
    await page.getByRole('button', { name: '就按这一天' }).click();
    const send = page.getByRole('button', { name: '提交审核 3 件' });
    await send.and(page.locator(':enabled')).waitFor();
    await settle(page);
    await picture(page, 'scores-desk-ready');
    await send.click();
    await page.getByText('已提交，等待审核').waitFor();
    await page.getByText('新增 3 件').waitFor();
    await picture(page, 'scores-desk-sent');
    await page.getByRole('link', { name: '看这一批' }).click();
    await page.getByText(RULE).first().waitFor();
  });

  it('waits for somebody else, and is not sent a second time', async () => {
    await lane.page.goto('/desk/approvals');
    await lane.page.getByText(RULE).first().waitFor();
    const { page } = office;
    await choose(page, sheet('√', '√', 5));
    await page.getByRole('button', { name: '就按这一天' }).click();
    await page.getByText('这张表里的 3 件事都已经报过了，不用再导。').waitFor();
    expect(await page.getByRole('button', { name: /^提交审核/ }).count()).toBe(0);
  });

  it('is read on a phone, too', async () => {
    const { page } = office;
    await page.setViewportSize({ width: 390, height: 844 });
    await choose(page, sheet('√', '优', 1));
    await settle(page);
    await picture(page, 'scores-phone');
    expect(await findings(page, { touch: 44 })).toEqual([]);
  });

  it('no screen complained', () => {
    expect([...lane.complaints, ...office.complaints].filter((said) => !said.includes('422'))).toEqual([]);
  });
});
