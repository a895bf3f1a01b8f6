import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasChromium, openWindow, picture } from '../support/browser.ts';
import { type Ask, demoStaff } from '../support/demo-village.ts';
import { lookAt } from '../support/views.ts';
import { type Counter, openCounter } from './pages/counter.ts';
import { Desk } from './pages/desk.ts';
import type { Kiosk } from './pages/kiosk.ts';

const OWN_PIN = '583104';

interface Listed {
  readonly items: readonly { readonly id: string; readonly number: string; readonly hasPin: boolean }[];
}

/** Households that have neither card nor PIN, or a new one: volunteers give their PINs, at a kiosk upright and across. */
describe.skipIf(!hasChromium)('volunteers who give their PINs at the counter', () => {
  let counter: Counter;
  let page: Page;
  let kiosk: Kiosk;
  let approver: Ask;
  let committee: Ask;
  let unconfirmedPin: string;

  beforeAll(async () => {
    counter = await openCounter();
    ({ page, kiosk } = counter);
    approver = await demoStaff(counter.program, counter.logins, 'approver');
    committee = await demoStaff(counter.program, counter.logins, 'committee');
    for (const name of ['李证', '张证']) {
      const { volunteer, pin } = (await counter.admin('POST', '/volunteers', { name })) as {
        volunteer: { id: string };
        pin: string;
      };
      if (name === '张证') unconfirmedPin = pin;
      else
        await approver('POST', `/volunteers/${volunteer.id}/confirmation`, { currentPin: pin, pin: OWN_PIN });
    }
  });
  afterAll(() => counter.close());

  const dialog = () => page.getByRole('dialog');
  const ask = async () => {
    await kiosk.scan(counter.pens);
    await page.getByRole('button', { name: /^确认兑换/ }).click();
  };

  it('vouch for a household without card and PIN, each with a PIN of the own', async () => {
    await counter.onDuty();
    await page.getByRole('button', { name: '换一户' }).click();
    const { items } = (await committee('GET', '/households?sort=balanceDown&limit=50')) as unknown as Listed;
    const without = items.find(({ hasPin }) => !hasPin);
    await kiosk.findByNumber(without?.number ?? '');
    await ask();
    await dialog().getByText('请两位志愿者来认这户').waitFor();
    expect(await lookAt(page, 'kiosk-vouch', { touch: 60, sizes: ['kiosk', 'desk'] })).toEqual([]);
    await page.setViewportSize({ width: 800, height: 1280 });
    await picture(page, 'kiosk-vouch-upright');
    await page.setViewportSize({ width: 1280, height: 800 });
    // An unconfirmed volunteer stands on no list.
    expect(await dialog().innerText()).not.toContain('张证');
    await kiosk.typePin('900001');
    await dialog().getByText('不对').first().waitFor();
    await kiosk.typePin(counter.logins.volunteer.pin);
    await dialog().getByText(`${counter.logins.volunteer.name} 已经输过密码`).waitFor();
    await picture(page, 'kiosk-vouch-second');
    // A basket that grew is agreed to anew, also by the one who has typed the PIN.
    await kiosk.scan(counter.pens);
    await page.getByRole('button', { name: /^确认兑换/ }).click();
    await dialog().getByText('要兑的分变多了').waitFor();
    await picture(page, 'kiosk-vouch-grown');
    await kiosk.typePin(counter.logins.volunteer.pin);
    await dialog().getByText(`${counter.logins.volunteer.name} 已经输过密码`).waitFor();
    await kiosk.typePin(OWN_PIN);
    await page.getByRole('heading', { name: '兑好了' }).waitFor();
  });

  it('ask another one while a card is new, and nobody where it is not', async () => {
    const [household] = counter.logins.households;
    await kiosk.next();
    await kiosk.scanCard(household?.card ?? '');
    await kiosk.scan(counter.pens);
    await kiosk.confirm();
    const found = (await committee('GET', `/households?q=${household?.number ?? ''}`)) as unknown as Listed;
    const id = found.items.find(({ number }) => number === household?.number)?.id ?? '';
    await committee('POST', `/households/${id}/cards`, {});
    const sheet = (await committee('POST', '/cards/sheet', { householdIds: [id] })) as {
      items?: readonly { readonly code: string }[];
    };
    await kiosk.next();
    await kiosk.scanCard(sheet.items?.[0]?.code ?? '');
    await ask();
    await dialog().getByText('请另一位志愿者也输密码').waitFor();
    expect(await lookAt(page, 'kiosk-new-card', { touch: 60, sizes: ['kiosk', 'desk'] })).toEqual([]);
    await page.setViewportSize({ width: 800, height: 1280 });
    await picture(page, 'kiosk-new-card-upright');
    await page.setViewportSize({ width: 1280, height: 800 });
    expect(await dialog().innerText()).not.toContain(`${counter.logins.volunteer.name}，`);
    await kiosk.typePin(OWN_PIN);
    await page.getByRole('heading', { name: '兑好了' }).waitFor();
  });

  it('do not serve before they are confirmed, and are told where', async () => {
    await kiosk.next();
    await page.getByRole('button', { name: /^当班：/ }).click();
    await dialog().getByRole('button', { name: '交班' }).click();
    await page.getByRole('button', { name: /^(交班，我下班了|不数，直接交班)$/ }).click();
    await page.getByRole('button', { name: '张证' }).click();
    await kiosk.pressDigits(unconfirmedPin);
    await page.getByText('请审核人在办公室的“兑换台与志愿者”页确认您').waitFor();
    expect(await lookAt(page, 'kiosk-unconfirmed', { touch: 60, sizes: ['kiosk', 'desk'] })).toEqual([]);
    await page.setViewportSize({ width: 800, height: 1280 });
    await picture(page, 'kiosk-unconfirmed-upright');
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('are confirmed at the desk, where a household types its own PIN too', async () => {
    const staff = (role: string) => counter.logins.staff.find((one) => one.role === role);
    const office = await openWindow(counter.browser, 'desk', counter.program.origin);
    const desk = new Desk(office.page);
    await desk.logIn(staff('approver')?.username ?? '', staff('approver')?.password ?? '');
    await office.page.getByRole('heading', { name: /您好/ }).waitFor();
    const row = office.page.getByRole('link', { name: /位志愿者等您确认/ });
    await row.waitFor();
    await picture(office.page, 'desk-home-volunteer');
    await row.click();
    await office.page.getByRole('button', { name: '确认' }).first().waitFor();
    expect(await lookAt(office.page, 'desk-volunteers', { touch: 44, sizes: ['desk', 'phone'] })).toEqual([]);
    await office.page.setViewportSize({ width: 1280, height: 800 });
    await office.page.getByRole('button', { name: '确认' }).first().click();
    const asked = office.page.getByRole('dialog');
    await asked.getByLabel('新密码，6 位数字').fill('123456');
    await asked.getByRole('button', { name: '设好密码' }).click();
    await asked.getByText('不要连号').first().waitFor();
    expect(
      await lookAt(office.page, 'desk-confirm-volunteer', { touch: 44, sizes: ['desk', 'phone'] }),
    ).toEqual([]);
    await asked.getByLabel('新密码，6 位数字').fill(OWN_PIN);
    await asked.getByLabel('再输一遍').fill(OWN_PIN);
    const wrong = unconfirmedPin === '900001' ? '900002' : '900001';
    await asked.getByLabel('原来的密码').fill(wrong);
    await asked.getByRole('button', { name: '设好密码' }).click();
    await asked.getByText('不对').first().waitFor();
    await picture(office.page, 'desk-confirm-wrong');
    await desk.typeVolunteerPin(unconfirmedPin, OWN_PIN);
    await office.page
      .getByText('张证 已经确认')
      .or(office.page.getByText(/张证.*已经确认/))
      .first()
      .waitFor();
    const clerk = await openWindow(counter.browser, 'desk', counter.program.origin);
    const theirs = new Desk(clerk.page);
    await theirs.logIn(staff('committee')?.username ?? '', staff('committee')?.password ?? '');
    await clerk.page.getByRole('heading', { name: /您好/ }).waitFor();
    await clerk.page.goto('/desk/households');
    await clerk.page.getByRole('link', { name: /0\d\d/ }).first().click();
    await clerk.page.getByRole('button', { name: '农户自己输密码' }).first().waitFor();
    await clerk.page.getByRole('button', { name: '农户自己输密码' }).first().click();
    expect(await lookAt(clerk.page, 'desk-own-pin', { touch: 44, sizes: ['desk', 'phone'] })).toEqual([]);
    await clerk.page.getByRole('button', { name: '取消' }).click();
    await theirs.typeOwnPin(OWN_PIN);
    await clerk.page
      .getByText(/新密码已经设好/)
      .first()
      .waitFor();
    expect([...office.complaints, ...clerk.complaints]).toEqual([]);
  });
});
