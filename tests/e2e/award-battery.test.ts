import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, picture } from '../support/browser.ts';
import { cameraNotes, jpeg } from '../support/jpeg.ts';
import { type Killable, newProfile, type Profile } from '../support/killable-browser.ts';
import { findings } from '../support/measure.ts';
import { type Program, startProgram } from '../support/program.ts';
import { rowsOnDisk } from '../support/rows-on-disk.ts';
import { tapWire, type Wire } from '../support/wire.ts';
import { AwardScreen } from './pages/award.ts';

interface Logins {
  readonly staff: readonly { role: string; username: string; password: string }[];
}

const SENDING = '**/api/v1/proposals';
const PHOTO = jpeg({ width: 2400, height: 1800, notes: cameraNotes() });

/** A phone in a lane whose battery dies: its browser is killed, and opened again on the same profile. */
describe.skipIf(!hasChromium)('a draft and a dead battery', () => {
  let program: Program;
  let wire: Wire;
  let profile: Profile;
  let phone: Killable;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    wire = await tapWire(program.origin);
    profile = newProfile();
    phone = await profile.open(wire.origin);
  });
  afterAll(async () => {
    await phone.kill();
    profile.remove();
    await wire.stop();
    await program.stop();
  });

  /** Opens the award screen; a log-in may not have survived, and is given again. */
  async function enter(): Promise<AwardScreen> {
    const { page } = phone;
    await page.goto(`${wire.origin}/desk/award`);
    const name = page.getByLabel('用户名');
    await name.or(page.getByRole('heading', { name: '加分扣分' })).waitFor();
    if (await name.isVisible()) {
      const logins = JSON.parse(readFileSync(join(program.dataDir, 'demo-logins.json'), 'utf8')) as Logins;
      const person = logins.staff.find(({ role }) => role === 'committee');
      await name.fill(person?.username ?? '');
      await page.getByLabel('密码', { exact: true }).fill(person?.password ?? '');
      await page.getByRole('button', { name: '登录' }).click();
      await page.getByRole('heading', { name: '加分扣分' }).waitFor();
    }
    return new AwardScreen(page);
  }

  async function batteryDies(): Promise<void> {
    await phone.kill();
    phone = await profile.open(wire.origin);
  }

  /** How many deeds with these words the server has. */
  async function arrived(note: string): Promise<number> {
    const { page } = phone;
    await page.goto(`${wire.origin}/desk/approvals?view=mine`);
    await page.getByRole('article').first().waitFor();
    return page.getByText(note).count();
  }

  async function write(award: AwardScreen, note: string): Promise<void> {
    await award.findRule('E1');
    await award.rules().first().click();
    await award.households().nth(2).click();
    await phone.page.getByLabel('备注').fill(note);
  }

  it('finds rule, households, day, words and photos as they were, and sends photos small and without a place', async () => {
    let { page } = phone;
    await page.route('**/api/v1/pictures/*', (route) => route.abort());
    let award = await enter();
    await write(award, '渠边捡垃圾');
    await award.households().nth(4).click();
    await page.getByLabel('事情发生的日期').fill(await yesterday(page));
    await award.addPhoto('IMG_2041.jpg', PHOTO);
    await page.getByText('有 1 张没传上去').waitFor();
    await page.getByLabel('备注').press('End');
    await page.getByLabel('备注').pressSequentially('，李婶作证');
    const before = await whatIsWritten(page, award);
    await onTheDisk(page, '李婶作证');
    await batteryDies();

    ({ page } = phone);
    award = await enter();
    await page.getByText('这是上次没提交完的草稿').waitFor();
    await page.getByText('已上传 1 张').waitFor();
    expect(await whatIsWritten(page, award)).toEqual(before);
    expect(before).toMatchObject({ note: '渠边捡垃圾，李婶作证', chosen: '已选 2 户' });
    await picture(page, 'award-phone-battery');

    const received = wire.bodies('POST /api/v1/pictures/');
    expect(received).toHaveLength(1);
    const [sent = Buffer.alloc(0)] = received;
    expect(sizeOf(sent)).toEqual({ width: 1280, height: 960 });
    for (const trace of ['Exif', 'GPS', '34.9020', '王小明', 'http://ns.adobe.com'])
      expect(sent.includes(trace), trace).toBe(false);

    await award.submit();
    await page.getByRole('dialog').getByRole('button', { name: '提交审核' }).click();
    await award.arrived();
    expect(await arrived('渠边捡垃圾，李婶作证')).toBe(1);
  });

  it('says so when what was sent had arrived, and does it once', async () => {
    const award = await enter();
    await write(award, '修好了井盖');
    await phone.page.route(SENDING, async (route) => {
      // It arrives; before the answer is back the battery is empty.
      await route.fetch();
      await batteryDies();
    });
    const dead = phone;
    await award.submit().catch(() => undefined);
    await expect.poll(() => phone !== dead, { timeout: 20_000 }).toBe(true);
    await enter();
    await phone.page.getByText('上次那一笔已经收到，没有重复').waitFor();
    // A page that is left before this is on the disk tells it once more.
    await expect.poll(() => rowsOnDisk(phone.page, 'intents')).toEqual([]);
    await picture(phone.page, 'award-phone-arrived');
    expect(await arrived('修好了井盖')).toBe(1);
    await enter();
    await phone.page.getByRole('heading', { name: /选细则/ }).waitFor();
    expect(await phone.page.getByText('这是上次没提交完的草稿').count()).toBe(0);
  });

  it('asks again by itself when what was sent had not arrived', async () => {
    const award = await enter();
    await write(award, '给五保户送水');
    let died = false;
    await phone.page.route(SENDING, async () => {
      await batteryDies();
      died = true;
    });
    await award.submit().catch(() => undefined);
    await expect.poll(() => died, { timeout: 20_000 }).toBe(true);

    const { page } = phone;
    await page.route(SENDING, (route) =>
      route.request().method() === 'POST' ? route.abort() : route.continue(),
    );
    await enter();
    await page.getByText('提交了，还没有收到回答').waitFor();
    await page.getByRole('button', { name: '再问一次' }).waitFor();
    await page.getByText('给五保户送水').waitFor();
    await picture(page, 'award-phone-lost');
    expect(await findings(page, { touch: 44 })).toEqual([]);
    await page.unroute(SENDING);
    // The network comes back.
    await page.evaluate(() => window.dispatchEvent(new Event('online')));
    await page.getByText('上次那一笔已经收到，没有重复').waitFor();
    expect(await arrived('给五保户送水')).toBe(1);
  });
});

async function whatIsWritten(page: Page, award: AwardScreen) {
  return {
    rule: await page.locator('.chosen-rule').innerText(),
    chosen: (await award.bar().locator('.what').innerText()).split('\n')[0],
    note: await page.getByLabel('备注').inputValue(),
    day: await page.getByLabel('事情发生的日期').inputValue(),
    photos: await page.locator('.photos li img').count(),
  };
}

/** The browser has said that the draft with these words is written. */
async function onTheDisk(page: Page, words: string): Promise<void> {
  await page.waitForFunction(
    (wanted) =>
      new Promise((resolve) => {
        const opening = indexedDB.open('jishan');
        opening.onsuccess = () => {
          const asked = opening.result.transaction('drafts').objectStore('drafts').getAll();
          asked.onsuccess = () => {
            opening.result.close();
            resolve(JSON.stringify(asked.result).includes(wanted));
          };
        };
      }),
    words,
  );
}

async function yesterday(page: Page): Promise<string> {
  const today = await page.getByLabel('事情发生的日期').inputValue();
  return new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
}

/** Out of the frame header of a JPEG. */
function sizeOf(image: Buffer): { width: number; height: number } {
  let at = 2;
  while (at < image.length) {
    const marker = image.readUInt8(at + 1);
    if (marker === 0xc0 || marker === 0xc2)
      return { height: image.readUInt16BE(at + 5), width: image.readUInt16BE(at + 7) };
    at += 2 + image.readUInt16BE(at + 2);
  }
  throw new Error('no frame');
}
