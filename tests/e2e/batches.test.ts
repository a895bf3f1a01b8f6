import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { findings, settle } from '../support/measure.ts';
import { type Program, startProgram } from '../support/program.ts';
import { ruleSample } from '../support/samples.ts';
import { newKey } from '../support/server.ts';
import { ApprovalsDesk } from './pages/approvals.ts';
import { AwardScreen } from './pages/award.ts';
import { Desk } from './pages/desk.ts';

interface Logins {
  readonly staff: readonly { role: string; username: string; password: string }[];
}

type Caller = (method: string, path: string, body?: object) => Promise<unknown>;

/** More batches than one page holds. */
const SINGLES = 55;

/** The committee awards every household of the demo village at once, and another person decides on all of them. */
describe.skipIf(!hasChromium)('a batch as large as the village', () => {
  let program: Program;
  let browser: Browser;
  let lane: Window;
  let office: Window;
  let pile: ApprovalsDesk;
  let households: string[] = [];
  let ruleId = '';
  let asCommittee: Caller;
  let asApprover: Caller;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    const { staff } = JSON.parse(readFileSync(join(program.dataDir, 'demo-logins.json'), 'utf8')) as Logins;
    const person = (role: string) => {
      const found = staff.find((one) => one.role === role);
      if (!found) throw new Error(`nobody is ${role}`);
      return found;
    };
    const admin = await caller(person('admin'));
    asCommittee = await caller(person('committee'));
    asApprover = await caller(person('approver'));
    ({ id: ruleId } = (await admin('POST', '/rules', {
      ...ruleSample('ZZ9', '全村大扫除'),
      pointsMode: 'fixed',
      points: 500,
      pointsMin: null,
      pointsMax: null,
    })) as { id: string });
    browser = await launchBrowser();
    lane = await openWindow(browser, 'phone', program.origin);
    office = await openWindow(browser, 'desk', program.origin);
    for (const [{ page }, role] of [
      [lane, 'committee'],
      [office, 'approver'],
    ] as const) {
      await new Desk(page).logIn(person(role).username, person(role).password);
      await page.getByRole('heading', { name: /您好/ }).waitFor();
    }
    pile = new ApprovalsDesk(office.page);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  async function caller({ username, password }: { username: string; password: string }) {
    const ask = async (method: string, path: string, body: object | undefined, token?: string) => {
      const response = await fetch(`${program.origin}/api/v1${path}`, {
        method,
        headers: {
          'Content-Type': 'application/json',
          'Idempotency-Key': newKey(),
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
      return response.json() as Promise<unknown>;
    };
    const { accessToken } = (await ask('POST', '/session', { username, password })) as {
      accessToken: string;
    };
    return (method: string, path: string, body?: object) => ask(method, path, body, accessToken);
  }

  async function awardEverybody(note: string): Promise<number> {
    const { page } = lane;
    const award = new AwardScreen(page);
    await award.open();
    await award.findRule('ZZ9');
    await award.rules().first().click();
    const all = page.getByRole('button', { name: '看全村名单' });
    if (await all.isVisible()) await all.click();
    const add = page.getByRole('button', { name: /^全选这 [\d,]+ 户$/ });
    await add.click();
    const count = Number(/[\d,]+/.exec(await add.innerText())?.[0].replaceAll(',', ''));
    await page.getByLabel('备注').fill(note);
    await award.bar().getByText(`已选 ${count} 户`).waitFor();
    await award.submit();
    await page.getByRole('dialog').getByRole('button', { name: '提交审核' }).click();
    await award.arrived();
    return count;
  }

  /** Counts and sums the posted deeds under this rule. */
  async function posted(): Promise<{ count: number; points: number }> {
    let [count, points] = [0, 0];
    let before: string | null = null;
    do {
      const query: string = before === null ? '' : `&before=${before}`;
      const page = (await asCommittee('GET', `/proposals/batches?state=posted&limit=50${query}`)) as {
        items: { deeds: { rule: { id: string } | null; count: number; points: number }[] }[];
        next: string | null;
      };
      for (const { deeds } of page.items)
        for (const deed of deeds)
          if (deed.rule?.id === ruleId) [count, points] = [count + deed.count, points + deed.points];
      before = page.next;
    } while (before !== null);
    return { count, points };
  }

  it('is counted, summed and named whole before it is unfolded', async () => {
    const count = await awardEverybody('秋收前全村清扫');
    expect(count).toBeGreaterThan(300);
    const { page } = office;
    await pile.open();
    const card = pile.card('秋收前全村清扫');
    const said = await card.innerText();
    expect(said).toContain(`${count} 户，每户 +5`);
    expect(said).toContain(`+${(count * 5).toLocaleString('en')}`);
    // The approver's own household is among them. The card says that it is left for somebody else.
    const own = Number(/其中 (\d+) 户是您自家或您申报的亲属，须由别人审核/.exec(said)?.[1]);
    expect(own).toBeGreaterThan(0);
    await pile.tick(card);
    await page.getByText(`已勾选 ${count - own} 户`).waitFor();
    expect(await page.getByRole('button', { name: `同意入账 ${count - own} 户`, exact: true }).count()).toBe(
      1,
    );
    await settle(page);
    await picture(page, 'batch-desk');
    expect(await findings(page, { touch: 44 })).toEqual([]);
  });

  it('is approved whole but for the rows that were unticked, and never beyond what the button says', async () => {
    const { page } = office;
    await page.getByRole('button', { name: '取消勾选' }).click();
    const open = await pile.openBatch(pile.card('秋收前全村清扫'));
    await open.getByText(/^已显示 100 户/).waitFor();
    const rows = open.locator('ul.dense').getByRole('checkbox');
    await rows.nth(0).uncheck();
    await open.getByRole('button', { name: /^再显示 100 户$/ }).click();
    await open.getByText(/^已显示 200 户/).waitFor();
    await rows.nth(150).uncheck();
    await settle(page);
    await picture(page, 'batch-desk-unfolded');
    expect(await findings(page, { touch: 44 })).toEqual([]);
    const chosen = await open.getByText(/^已勾选 \d+ 户/).innerText();
    const count = Number(/\d+/.exec(chosen)?.[0]);
    const before = await posted();
    expect(await pile.decide('同意入账', count)).toContain(`已入账 ${count} 户`);
    const after = await posted();
    expect([after.count - before.count, after.points - before.points]).toEqual([count, count * 500]);
    // The rows that are left wait in the same batch, and all of them are in sight.
    const ticks = open.locator('ul.dense, [aria-labelledby="concerns"]').getByRole('checkbox');
    await settle(page);
    for (const tick of await ticks.all()) if (await tick.isChecked()) await tick.uncheck();
    await ticks.first().check();
    await ticks.nth(1).check();
    await pile.decide('退回', 2, '这两户没有来');
  });

  it('goes back whole, is corrected whole, and is approved whole', async () => {
    const count = await awardEverybody('立冬全村清扫');
    const { page } = office;
    await pile.open();
    let card = pile.card('立冬全村清扫');
    await pile.tick(card);
    const chosen = Number(/\d+/.exec(await page.getByText(/^已勾选 \d+ [户笔]/).innerText())?.[0]);
    expect(await pile.decide('退回', chosen, '写清楚是哪一天')).toContain(`已退回 ${chosen} 户`);
    expect(chosen).toBeGreaterThan(300);

    const phone = lane.page;
    const mine = new ApprovalsDesk(phone);
    await mine.open('returned');
    const back = await mine.openBatch(mine.card('立冬全村清扫'));
    await back.getByRole('link', { name: `改正后再报（${chosen} 户）` }).click();
    await phone.getByText('写清楚是哪一天', { exact: true }).waitFor();
    await phone.getByText('+' + (chosen * 5).toLocaleString('en')).waitFor();
    await settle(phone);
    await picture(phone, 'batch-correct-phone');
    expect(await findings(phone, { touch: 44 })).toEqual([]);
    await phone.getByLabel('备注').fill('十一月七日立冬全村清扫');
    await phone.getByRole('button', { name: `改好了，重新提交 ${chosen} 户` }).click();
    await phone.getByText(`已重新提交 ${chosen} 户。`).waitFor({ timeout: 60_000 });

    await pile.open();
    card = pile.card('十一月七日立冬全村清扫');
    const said = await card.innerText();
    // The rows of the approver's family never went back. They are in the same batch, with their old note.
    expect(said).toContain(`${count} 户`);
    const before = await posted();
    await pile.tick(card);
    expect(await pile.decide('同意入账', chosen)).toContain(`已入账 ${chosen} 户`);
    const after = await posted();
    expect([after.count - before.count, after.points - before.points]).toEqual([chosen, chosen * 500]);
  });

  it('13, 14b, 14f: rows beyond the first of a batch are corrected, and what was sent of them stays as it was', async () => {
    const { items } = (await asCommittee('GET', '/households?limit=40')) as { items: { id: string }[] };
    const { batchId } = (await asCommittee('POST', '/proposals', {
      ruleId,
      householdIds: items.map(({ id }) => id),
      note: '后排退回',
    })) as { batchId: string };
    const rows = (await asCommittee('GET', `/proposals?batchId=${batchId}&order=oldest`)) as {
      items: { id: string; mark: string }[];
    };
    const back = rows.items.slice(20, 23);
    await asApprover('POST', '/proposals/decisions', {
      action: 'return',
      ...{ ids: back.map(({ id }) => id), marks: back.map(({ mark }) => mark), reason: '写清楚' },
    });

    const { page } = lane;
    const mine = new ApprovalsDesk(page);
    await mine.open('mine');
    const batch = await mine.openBatch(mine.card('后排退回'));
    await batch.getByRole('button', { name: '改正后再报（3 户）' }).click();
    await page.getByRole('listitem').getByRole('checkbox').nth(1).uncheck();
    await page.getByText('2 户，改正后合计').waitFor();
    let isReached = false;
    await page.route('**/api/v1/proposals/corrections', async (route) => {
      if (isReached) await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: '改好了，重新提交 2 户' }).click();
    const again = page.getByRole('button', { name: '再问一次（不会重复记账）' });
    const pressable = again.and(page.locator(':enabled'));
    await pressable.waitFor();
    await page.reload();
    await pressable.waitFor();
    const ticks = page.getByRole('listitem').getByRole('checkbox');
    expect(await ticks.evaluateAll((all) => all.map((tick) => (tick as HTMLInputElement).checked))).toEqual([
      true,
      false,
      true,
    ]);
    // It is booked now, and nobody here knows: the form has nothing left to correct.
    isReached = true;
    await again.click();
    await pressable.waitFor();
    await page.reload();
    await page.getByText('已经不在“退回给我的”里了').waitFor();
    await pressable.waitFor();
    await settle(page);
    await picture(page, 'batch-correct-unclear-phone');
    expect(await findings(page, { touch: 44 })).toEqual([]);
    await page.unroute('**/api/v1/proposals/corrections');
    await again.click();
    await page.getByText('已重新提交 2 户。').waitFor();
  });

  it('a page that does not come takes nothing away', async () => {
    const { items } = (await asCommittee('GET', `/households?limit=${SINGLES}`)) as {
      items: { id: string }[];
    };
    households = items.map(({ id }) => id);
    for (const id of households)
      await asCommittee('POST', '/proposals', { ruleId, householdIds: [id], note: '零星' });
    const { page } = office;
    await pile.open();
    const cards = page.getByRole('article');
    const shown = await cards.count();
    await page.route('**/api/v1/proposals/batches?*before=*', (route) => route.abort());
    await page.getByRole('button', { name: '显示更多' }).click();
    const again = page.getByRole('button', { name: '再试一次' });
    await again.waitFor();
    expect(await cards.count()).toBe(shown);
    await pile.tick(pile.card('零星').first());
    await page
      .getByText(/^已勾选 1 [户笔]/)
      .first()
      .waitFor();
    await settle(page);
    await picture(page, 'batches-desk-more-failed', { fullPage: true });
    await page.unroute('**/api/v1/proposals/batches?*before=*');
    await again.click();
    await page.waitForFunction((count) => document.querySelectorAll('article').length > count, shown);
    await page
      .getByText(/^已勾选 1 [户笔]/)
      .first()
      .waitFor();
    expect(await pile.decide('同意入账', 1)).toContain('已入账 1 户');
    // The list is read again after the decision: all pages that were shown, not only the first.
    await page.waitForFunction((count) => document.querySelectorAll('article').length > count, shown);
  });

  it('says before it is sent that more than 1,200 are too many, and what to do', async () => {
    const everybody: string[] = [];
    let after: string | null = '';
    while (after !== null) {
      const query: string = after === '' ? '' : `&after=${encodeURIComponent(after)}`;
      const found = (await asCommittee('GET', `/households?limit=200${query}`)) as {
        items: { id: string }[];
        next: string | null;
      };
      everybody.push(...found.items.map(({ id }) => id));
      after = found.next;
    }
    const words = ['东头', '西头', '南头', '北头', '河边'];
    for (const note of words)
      await asCommittee('POST', '/proposals', { ruleId, householdIds: everybody, note });
    const { page } = office;
    await pile.open();
    await page.getByRole('button', { name: /^勾选上面这 [\d,]+ 笔$/ }).click();
    await page.getByText(/^一次最多处理 1,200 笔，请分几次/).waitFor();
    expect(await page.getByRole('button', { name: /^同意入账/ }).count()).toBe(0);
    await settle(page);
    await picture(page, 'batches-desk-too-many');
    expect(await findings(page, { touch: 44 })).toEqual([]);
    for (const note of words.slice(1))
      await pile
        .card(note)
        .getByRole('checkbox', { name: /^勾选整批/ })
        .uncheck();
    await page.getByRole('button', { name: /^同意入账 \d+ [户笔]$/ }).waitFor();
  });

  it('says of a photo that is no longer kept that it is not, and does not offer to try again', async () => {
    const { page } = office;
    const route = '**/api/v1/proposals/batches?*';
    await page.route(route, async (request) => {
      const response = await request.fetch();
      const answer = (await response.json()) as { items: { pictureIds: string[] }[] };
      const [first] = answer.items;
      if (first) first.pictureIds = ['a-photo-that-went'];
      await request.fulfill({ response, json: answer });
    });
    await pile.open();
    await pile.openBatch(page.getByRole('article').first());
    await page.getByText('这张照片已不再保留').waitFor();
    expect(await page.getByRole('button', { name: /照片没有打开/ }).count()).toBe(0);
    expect(await findings(page, { touch: 44 })).toEqual([]);
    await page.unroute(route);
  });

  it('no screen complained', () => {
    expect([...lane.complaints, ...office.complaints]).toEqual([]);
  });
});
