import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, type Window } from '../support/browser.ts';
import { type Program, startProgram } from '../support/program.ts';
import { newKey } from '../support/server.ts';
import { ApprovalsDesk } from './pages/approvals.ts';
import { AwardScreen } from './pages/award.ts';
import { Desk } from './pages/desk.ts';

interface Logins {
  readonly staff: readonly { role: string; username: string; password: string }[];
}

describe.skipIf(!hasChromium)('lists of the desk with what is opened from them', () => {
  let program: Program;
  let browser: Browser;
  let committee: Window;
  let approver: Window;
  let admin: Window;
  let ask: (path: string, body?: object) => Promise<unknown>;
  let approve: (ids: readonly string[]) => Promise<unknown>;
  let households: { id: string; number: string; head: string }[];
  let ruleId = '';

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    const { staff } = JSON.parse(readFileSync(join(program.dataDir, 'demo-logins.json'), 'utf8')) as Logins;
    const person = (role: string) => {
      const found = staff.find((one) => one.role === role);
      if (!found) throw new Error(`nobody is ${role}`);
      return found;
    };
    browser = await launchBrowser();
    const open = async (role: string) => {
      const window = await openWindow(browser, 'desk', program.origin);
      await new Desk(window.page).logIn(person(role).username, person(role).password);
      await window.page.getByRole('heading', { name: /您好/ }).waitFor();
      return window;
    };
    [committee, approver, admin] = [await open('committee'), await open('approver'), await open('admin')];
    ask = await caller(person('committee'));
    const asApprover = await caller(person('approver'));
    approve = async (ids) => {
      const seen = await Promise.all(ids.map((id) => asApprover(`/proposals/${id}`)));
      const marks = (seen as { mark: string }[]).map(({ mark }) => mark);
      return asApprover('/proposals/decisions', { action: 'approve', ids, marks });
    };
    households = ((await ask('/households?limit=20')) as { items: typeof households }).items;
    const rules = (await ask('/rules')) as {
      items: {
        id: string;
        pointsMode: string;
        points: number;
        caps: readonly object[];
        enabled: boolean;
      }[];
    };
    ruleId =
      rules.items.find(
        ({ pointsMode, points, caps, enabled }) =>
          pointsMode === 'fixed' && points > 0 && caps.length === 0 && enabled,
      )?.id ?? '';
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  async function caller({ username, password }: { username: string; password: string }) {
    const send = async (path: string, body: object | undefined, token?: string) => {
      const response = await fetch(`${program.origin}/api/v1${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          'Content-Type': 'application/json',
          'Idempotency-Key': newKey(),
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${path}: ${await response.text()}`);
      return response.json() as Promise<unknown>;
    };
    const { accessToken } = (await send('/session', { username, password })) as { accessToken: string };
    return (path: string, body?: object) => send(path, body, accessToken);
  }

  const propose = (from: number, to: number, note: string) =>
    ask('/proposals', {
      ruleId,
      householdIds: households.slice(from, to).map(({ id }) => id),
      note,
    }) as Promise<{
      batchId: string;
      ids: string[];
    }>;

  it('what was sent twice stands on top with its reason, and the others are approved in one go', async () => {
    const before = await propose(0, 2, '先报的');
    await approve(before.ids.slice(0, 1));
    await propose(0, 8, '又报的一批');
    const pile = new ApprovalsDesk(approver.page);
    await pile.open();
    const card = pile.card('又报的一批');
    await card.getByText('2 户要细看').waitFor();
    const open = await pile.openBatch(card);
    const looks = open.getByRole('region', { name: '要细看的 2 户' });
    expect(await looks.getByRole('listitem').count()).toBe(2);
    await looks.getByText(/同一天这件事已经入账/).waitFor();
    await looks.getByText(/另报了一次.*也在等审核/).waitFor();
    await open.getByRole('heading', { name: '没问题的 6 户' }).waitFor();
    // The list stays beside it.
    expect(await card.isVisible()).toBe(true);
    await pile.decide('同意入账', 6);
    await open.getByRole('heading', { name: '要细看的 2 户' }).waitFor();
    await looks.getByRole('button', { name: '退回' }).first().click();
    const dialog = approver.page.getByRole('dialog');
    await dialog.getByRole('button', { name: '重复报了' }).click();
    await dialog.getByRole('button', { name: '没有照片' }).click();
    expect(await dialog.getByRole('textbox', { name: '原因' }).inputValue()).toBe('重复报了；没有照片');
    await dialog.getByRole('button', { name: '没有照片' }).click();
    await dialog.getByRole('button', { name: '退回' }).click();
    await approver.page.getByText('已退回 1 户。').waitFor();
  });

  it('what came back is laid aside with one tap, and taken up again', async () => {
    const { page } = committee;
    const mine = new ApprovalsDesk(page);
    await mine.open('returned');
    const open = await mine.openBatch(mine.card('又报的一批'));
    await open.getByRole('button', { name: '不再报了' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '不再报了' }).click();
    await page.getByText('已放到“不再报的” 1 户。').waitFor();
    await mine.card('又报的一批').waitFor({ state: 'detached' });
    await page.getByText('不再报的', { exact: true }).click();
    const aside = await mine.openBatch(mine.card('又报的一批'));
    await aside.getByRole('button', { name: '拿回来再报' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '拿回来再报' }).click();
    await page.getByText('已拿回 1 户。').waitFor();
  });

  it('a posted batch that was wrong goes back in one proposal, without what is reversed already', async () => {
    const sent = await propose(10, 15, '整批记错');
    const { journalNumbers } = (await approve(sent.ids)) as {
      journalNumbers: number[];
    };
    const first = (await ask('/proposals/reversals', { number: journalNumbers[0], reason: '一户先改' })) as {
      id: string;
    };
    await approve([first.id]);
    const { page } = committee;
    await page.goto(`/desk/approvals/${sent.batchId}?view=all`);
    await page.getByRole('button', { name: '冲正 5 户' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: '原因' }).fill('日期记错了');
    await dialog.getByRole('button', { name: '提交冲正 5 户' }).click();
    await page.getByText('1 户已经冲正过').waitFor();
    await page.getByRole('button', { name: '看提交的这一批' }).click();
    const pile = new ApprovalsDesk(approver.page);
    await pile.open();
    await pile.openBatch(pile.card('日期记错了'));
    expect(await pile.decide('同意入账', 4)).toContain('已入账 4 户');
  });

  it('F16: a household’s page begins an award for it, and a search without network finds nothing new', async () => {
    const { page } = committee;
    const [, second] = households;
    await page.goto(`/desk/households/${second?.id ?? ''}`);
    await page.locator('.detail').getByRole('link', { name: '加分' }).click();
    await page.waitForURL(/\/desk\/award\?household=/);
    const award = new AwardScreen(page);
    const chosen = award.bar().getByText(second?.head ?? '?');
    await award.rules().first().click();
    await chosen.waitFor();
    await page.context().setOffline(true);
    await page
      .getByRole('searchbox', { name: /农户|户号/ })
      .last()
      .fill('王');
    await page.getByText('没有网络，不能查找农户。已选的还在，有网后再找。').waitFor();
    expect(await page.getByRole('button', { name: /^全选这/ }).count()).toBe(0);
    expect(await page.getByText(/^找到 \d+ 户$/).count()).toBe(0);
    await chosen.waitFor();
    await page.context().setOffline(false);
  });

  it.each([
    ['rules', '没有这条细则'],
    ['goods', '没有这样商品'],
  ])('F4: an unknown id of %s opens no empty form', async (place, words) => {
    const { page } = admin;
    await page.goto(`/desk/${place}/no-such-thing${place === 'rules' ? '/edit' : ''}`);
    await page.getByText(words).waitFor();
    expect(await page.getByRole('button', { name: '保存' }).count()).toBe(0);
  });

  it('F4: what was typed is not lost by a slip, and a number that is taken is said beside its field', async () => {
    const { page } = admin;
    const [first, second] = households;
    await page.goto(`/desk/households/${second?.id ?? ''}/edit`);
    const number = page.getByRole('textbox', { name: '户号', exact: true });
    await number.fill(first?.number ?? '');
    await leave(page);
    await page.getByRole('dialog').getByRole('button', { name: '留下来' }).click();
    expect(await number.inputValue()).toBe(first?.number);
    await page.getByRole('button', { name: '保存' }).click();
    await page.locator('[aria-invalid="true"]').first().waitFor();
    expect(await number.getAttribute('aria-invalid')).toBe('true');
    await leave(page);
    await page.getByRole('dialog').getByRole('button', { name: '不保存，离开' }).click();
    await page.waitForURL(/\/desk\/approvals/);
  });

  async function leave(page: Page): Promise<void> {
    await page.getByRole('link', { name: /^审核/ }).first().click();
  }

  it('no screen complained', () => {
    const all = [...committee.complaints, ...approver.complaints, ...admin.complaints];
    expect(all.filter((one) => !one.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
  });
});
