/** Hand-overs without network stand on the desk until somebody looked at them with their slips. */
import { randomUUID, webcrypto } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import words from '../../client/desk/outbox/locales/zh-CN.ts';
import villageWords from '../../client/desk/village/locales/zh-CN.ts';
import menu from '../../client/desk/outbox/menu/locales/zh-CN.ts';
import { makeRow, markDone, NO_ROWS } from '../../client/outbox/make-row.ts';
import { createRowSigner, type DeviceKey, newDeviceKey } from '../../client/outbox/row-signer.ts';
import { API_BASE } from '../../shared/api-base.ts';
import { ENDPOINTS, type EndpointId } from '../../shared/endpoints.ts';
import type { RowBodies } from '../../shared/kiosk/rows.ts';
import { MARKS } from '../../shared/outbox/mark-words.ts';
import type { OutboxRow } from '../../shared/outbox/row.ts';
import { hasChromium, launchBrowser, openWindow, picture } from '../support/browser.ts';
import { readDemoLogins } from '../support/demo-village.ts';
import { type Program, startProgram } from '../support/program.ts';
import type { AnswerOf } from '../support/server.ts';
import { lookAt } from '../support/views.ts';
import { Changes } from './pages/changes.ts';
import { Desk } from './pages/desk.ts';

const { outbox } = words;
const { village } = villageWords;
const SIZES = ['desk', 'phone'] as const;
const subtle = webcrypto.subtle as SubtleCrypto;
const signer = createRowSigner(subtle);

describe.skipIf(!hasChromium)('what was handed out without network', () => {
  let program: Program;
  let browser: Browser;
  let page: Page;
  let key: DeviceKey;
  let device: Readonly<Record<string, string>>;
  let handOver: (quantity: number, paid: number) => RowBodies['kiosk.redeem'];
  /** More than the household has points for. */
  let tooMany: () => RowBodies['kiosk.redeem'];
  let staff: ReturnType<typeof readDemoLogins>['staff'];
  const rows: OutboxRow[] = [];

  async function call<Id extends EndpointId>(id: Id, body?: unknown, thing = ''): Promise<AnswerOf<Id>> {
    const [method = '', path = ''] = ENDPOINTS[id].split(' ');
    const response = await fetch(`${program.origin}${API_BASE}${path.replace(':id', thing)}`, {
      method,
      headers: { 'Content-Type': 'application/json', 'Idempotency-Key': randomUUID(), ...device },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as AnswerOf<Id>;
  }

  async function add<K extends keyof RowBodies>(kind: K, shift: string, body: RowBodies[K]): Promise<void> {
    const last = rows.at(-1);
    const end = last === undefined ? NO_ROWS : { number: last.number, hash: last.hash };
    const atMs = Date.now();
    const asked = { key: `late-row-${String(end.number)}`, kind, body, shift, copy: null };
    const row = await makeRow(signer, key, end, asked, { atMs, offsetMs: 0 });
    rows.push(await markDone(signer, key, row, { how: 'here', atMs, entry: null }));
  }

  /** The second person agrees to what was handed in. */
  async function second(): Promise<void> {
    const own = device;
    const { username = '', password = '' } = staff.find(({ role }) => role === 'approver') ?? {};
    const { accessToken } = await call('session.login', { username, password });
    device = { Authorization: `Bearer ${accessToken}` };
    const { items } = await call('changes.list');
    for (const { id, mark, state } of items)
      if (state === 'waiting') await call('changes.agree', { mark }, id);
    device = own;
  }

  /** Two people agree that counters hand out without network. */
  async function agree(): Promise<void> {
    const logIn = async (role: string) => {
      const { username = '', password = '' } = staff.find((one) => one.role === role) ?? {};
      const { accessToken } = await call('session.login', { username, password });
      device = { Authorization: `Bearer ${accessToken}` };
    };
    await logIn('admin');
    const settings = { withoutNetworkHundredths: 100_000 };
    const change = { operation: 'village.update', params: {}, body: { settings }, reason: '' };
    const { id, mark } = await call('changes.propose', change);
    await logIn('approver');
    await call('changes.agree', { mark }, id);
    device = {};
  }

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    const logins = readDemoLogins(program);
    device = {};
    staff = logins.staff;
    await agree();
    const paired = await call('kiosk.pair', { code: logins.kioskPairingCode });
    device = { Authorization: `Kiosk ${paired.deviceToken}` };
    const { volunteers } = await call('kiosk.state');
    const volunteerId = volunteers[0]?.id ?? '';
    const { shiftToken } = await call('kiosk.signIn', { volunteerId, pin: logins.volunteer.pin });
    const { items } = await call('kiosk.goods');
    device = { ...device, 'X-Shift': shiftToken };
    const household = await call('kiosk.lookup', { card: logins.households[0]?.card });
    const made = await newDeviceKey(subtle, 0);
    if (!made) throw new Error('no signatures here');
    key = made;
    await call('outbox.register', { publicKey: key.publicKey });
    const item = items.find(({ stock, enabled }) => enabled && (stock ?? 0) > 0);
    if (!item) throw new Error('nothing on the shelf');
    const { id: goodsId, name, unit, price } = item;
    await add('kiosk.beginShift', 'shift-without-network', { volunteerId });
    handOver = (quantity, paid) => ({
      ...{ householdId: household.id, householdNumber: household.number, pinProof: null, vouchProofs: [] },
      lines: [{ goodsId, name, unit, quantity, price: paid }],
      ...{ points: quantity * paid, balance: household.balance, presence: { cardIssuedAtMs: 1 } },
    });
    tooMany = () => handOver(Math.ceil(household.balance / price) + 1, price);
    await add('kiosk.redeem', 'shift-without-network', handOver(1, price + 100));
    await call('outbox.send', { rows, isEmptyAfter: true });
    await add('kiosk.endShift', 'shift-without-network', {});
    browser = await launchBrowser();
    ({ page } = await openWindow(browser, 'desk', program.origin));
    const admin = logins.staff.find(({ role }) => role === 'admin');
    await new Desk(page).logIn(admin?.username ?? '', admin?.password ?? '');
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  it('leads there from the home page, and says what stood against it', async () => {
    await page.getByRole('link', { name: new RegExp(menu.outbox.home) }).click();
    await page.getByRole('heading', { level: 1, name: menu.outbox.menu }).waitFor();
    for (const mark of ['card.revoked', 'goods.price_changed'] as const)
      await page.getByText(MARKS[mark].zh).waitFor();
    // The shift that only its device tells of, and the hand-over that rules stand against.
    await expect.poll(() => page.getByRole('article').count()).toBe(2);
    await page.getByRole('button', { name: outbox.shifts.open }).click();
    expect(await lookAt(page, 'late-rows', { sizes: SIZES, touch: 44 })).toEqual([]);
    await picture(page, 'late-rows', { fullPage: true });
  });

  it('has a shift looked at as a whole, by two', async () => {
    await page.getByRole('button', { name: outbox.shifts.none.go }).click();
    await new Changes(page).handIn('小票都在');
    await page.goto('/desk/without-network');
    await page.getByText(outbox.handedIn).waitFor();
    await picture(page, 'late-rows-handed-in', { fullPage: true });
    await second();
    await page.reload();
    await page.getByText(MARKS['card.revoked'].zh).waitFor();
    await expect.poll(() => page.getByRole('article').count()).toBe(1);
  });

  it('is settled with a remark, and stands among all with it', async () => {
    const remark = '小票当面对过，价格按当天的算';
    await page.getByLabel(outbox.remark).fill(remark);
    await page.getByRole('button', { name: outbox.go }).click();
    await new Changes(page).handIn('');
    await second();
    await page.goto('/desk/without-network');
    await page.getByText(outbox.none, { exact: true }).waitFor();
    await page.getByText(outbox.all, { exact: true }).click();
    await page.getByText(new RegExp(remark)).waitFor();
    await expect.poll(() => page.getByRole('article').count()).toBe(2);
    expect(await lookAt(page, 'late-rows-all', { sizes: SIZES, touch: 44 })).toEqual([]);
  });

  it('comes in from a file as well, once', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'jishan-rows-'));
    const file = join(folder, 'rows.jsonl');
    writeFileSync(file, `这是设备导出的文件\n${rows.map((row) => JSON.stringify(row)).join('\n')}\n`);
    await page.getByText(outbox.upload.title).click();
    for (let time = 0; time < 2; time += 1) {
      await page.getByLabel(outbox.upload.pick).setInputFiles(file);
      await page.getByText('收下 3 行：3 行入账，0 行还要等，0 行不收。').waitFor();
    }
    await expect.poll(() => page.getByRole('article').count()).toBe(3);
    rmSync(folder, { recursive: true });
  });

  it('has a key that came after the pairing compared and confirmed', async () => {
    const later = await newDeviceKey(subtle, 1);
    // The shift is over.
    const { Authorization = '' } = device;
    device = { Authorization };
    await call('outbox.register', { publicKey: later?.publicKey });
    await page.goto('/desk/');
    await page.getByRole('link', { name: new RegExp(menu.outbox.homeKeys) }).click();
    await page
      .getByText(new RegExp(later?.device.slice(0, 6) ?? '-'))
      .last()
      .waitFor();
    expect(await lookAt(page, 'late-rows-key', { sizes: SIZES, touch: 44 })).toEqual([]);
    await picture(page, 'late-rows-key', { fullPage: true });
    await page.getByRole('button', { name: outbox.devices.confirm }).click();
    await page.getByText(outbox.devices.confirmed, { exact: true }).waitFor();
    await expect.poll(() => page.getByRole('button', { name: outbox.devices.confirm }).count()).toBe(0);
    await page.goto('/desk/without-network');
  });

  it('shows the devices, and one is written off', async () => {
    await page.getByText(outbox.devices.title).click();
    await page.getByText(outbox.devices.writeOff).first().click();
    await picture(page, 'late-rows-devices', { fullPage: true });
    expect(await lookAt(page, 'late-rows-devices', { sizes: SIZES, touch: 44 })).toEqual([]);
    await page.getByLabel(outbox.devices.reason).first().fill('平板摔坏了');
    await page.getByRole('button', { name: outbox.devices.go, exact: true }).first().click();
    await page.getByText(/销掉/).first().waitFor();
    await expect.poll(() => page.getByText(outbox.devices.writeOff).count()).toBe(1);
  });

  it('has the slips beside each other where points did not reach', async () => {
    await add('kiosk.redeem', 'shift-without-network', tooMany());
    await call('outbox.send', { rows: rows.slice(-1), isEmptyAfter: true });
    await page.goto('/desk/without-network');
    const short = page.getByRole('article').filter({ hasText: MARKS['ledger.points_short'].zh });
    const slips = short.getByRole('table', { name: outbox.slips.points });
    // The hand-over of the day is beside it, and what is left after each stands there.
    await expect.poll(() => slips.getByRole('row').count()).toBeGreaterThan(2);
    await slips.getByText(/就是这一笔/).waitFor();
    expect(await slips.getByText(/^[-−]/).count()).toBeGreaterThan(0);
    expect(await lookAt(page, 'late-rows-slips', { sizes: SIZES, touch: 44 })).toEqual([]);
    for (const width of [1366, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await picture(page, `late-rows-slips-${String(width)}`, { fullPage: true });
    }
    await page.setViewportSize({ width: 1366, height: 768 });
  });

  it('says on the page of the settings how much may be gone at worst', async () => {
    await page.goto('/desk/village');
    await page.getByLabel(village.offline.household).fill('30');
    await page.getByText(village.offline.worst).waitFor();
    await page.getByLabel(village.offline.copyDays).fill('99');
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText(village.wrong.copyDays).waitFor();
    expect(await page.getByText(village.offline.worst).count()).toBe(0);
    await page.getByLabel(village.offline.copyDays).fill('7');
    expect(await lookAt(page, 'without-network-settings', { sizes: SIZES, touch: 44 })).toEqual([]);
    for (const width of [1366, 390]) {
      await page.setViewportSize({ width, height: 900 });
      await picture(page, `without-network-settings-${String(width)}`, { fullPage: true });
    }
    await page.getByText(village.offline.on, { exact: true }).click();
    await page.getByText(village.offline.off).waitFor();
    await page.getByRole('button', { name: '保存' }).click();
    await page.getByText('已保存').waitFor();
    await page.reload();
    await page.getByText(village.offline.off).waitFor();
  });
});
