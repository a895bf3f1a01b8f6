import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import ofPhone from '../../client/me/parts/phone/locales/zh-CN.ts';
import { hasChromium, picture } from '../support/browser.ts';
import { pageFindings } from '../support/page-findings.ts';
import { openPhones, type Phones } from './pages/phones.ts';

const NEXT = '739150';

describe.skipIf(!hasChromium)('a household changes its password on its phone', () => {
  let phones: Phones;
  beforeAll(async () => {
    phones = await openPhones();
  });
  afterAll(() => phones.close());

  it('is told why not, keeps this phone, and opens another with the new one', async () => {
    const { own } = phones;
    const phone = await phones.pickUp({});
    const { page } = phone;
    await phone.openByCard(own.card, own.pin);
    await phone.households();
    const change = page.getByRole('button', { name: ofPhone.pin.change, exact: true });
    await change.click();
    expect(await pageFindings(page, 60)).toEqual([]);
    await picture(page, 'me-pin');
    const type = async (now: string, next: string) => {
      await page.getByLabel(ofPhone.pin.pin).fill(now);
      await page.getByLabel(ofPhone.pin.next).fill(next);
      await change.click();
    };
    await type(own.pin, '123456');
    await page.getByRole('alert').getByText('这个密码太好猜').waitFor();
    await type(own.pin === '402937' ? '402938' : '402937', NEXT);
    await page.getByRole('alert').getByText('密码不对').waitFor();
    expect(await pageFindings(page, 60)).toEqual([]);
    await type(own.pin, NEXT);
    await page.getByText(ofPhone.pin.done).waitFor();
    await page.reload();
    await phone.opened();
    await phone.show('passbook');
    await phone.acts();
    expect(await page.locator('.acts li').first().innerText()).toContain('改了密码，本户自己在手机上');
    const another = await phones.pickUp({});
    await another.openByCard(own.card, NEXT);
  });
});
