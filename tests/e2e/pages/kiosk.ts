import type { Page, Request } from 'playwright-core';
import { API_BASE } from '../../../shared/api-base.ts';
import type { OutboxRow } from '../../../shared/outbox/row.ts';
import { createScanner, type ScanOptions } from '../../support/scanner.ts';

/** The way of the counter's rows to the server. */
export const ROWS = `**${API_BASE}/outbox/rows`;

/** The keys of the redemptions that a request asks for or tells of; none for any other request. */
export function redemptionsIn(request: Pick<Request, 'method' | 'url' | 'postDataJSON'>): string[] {
  if (request.method() !== 'POST' || !request.url().endsWith(`${API_BASE}/outbox/rows`)) return [];
  const { rows } = request.postDataJSON() as { rows: OutboxRow[] };
  return rows.filter(({ kind }) => kind === 'kiosk.redeem').map(({ key }) => key);
}

/** The shop's kiosk, operated by taps and by a scanner that types. */
export class Kiosk {
  readonly page: Page;
  private scanner: ReturnType<typeof createScanner> | null = null;

  constructor(page: Page) {
    this.page = page;
  }

  async pair(code: string): Promise<void> {
    await this.page.goto('/kiosk/');
    await this.pressDigits(code);
    await this.page.getByRole('button', { name: '配对' }).click();
    await this.page.getByText('今天谁当班？').waitFor();
  }

  async signIn(volunteer: string, pin: string): Promise<void> {
    await this.page.getByRole('button', { name: volunteer }).click();
    await this.pressDigits(pin);
    await this.page.getByText('请刷卡').first().waitFor();
  }

  /** A USB scanner: a burst of key presses that ends with Enter. Not for a page whose clock was replaced. */
  async scan(code: string, options: ScanOptions = {}): Promise<void> {
    this.scanner ??= createScanner(this.page);
    await (
      await this.scanner
    )(code, options);
  }

  /** Waits for the household, and for the shelf: before it has come no barcode is known. */
  async scanCard(code: string): Promise<void> {
    await this.scan(code);
    await this.page.locator('.serve:has(.goods-card) .balance, .shown .balance').first().waitFor();
  }

  async findByNumber(number: string): Promise<void> {
    await this.pressDigits(number);
    await this.page.getByRole('button', { name: '查找' }).click();
    await this.page.locator('.person').waitFor();
  }

  /** Opens the household with the most points among these and returns its card. */
  async openRichest(households: readonly { number: string; card: string }[]): Promise<string> {
    const found: { card: string; points: number }[] = [];
    for (const { card, number } of households) {
      await this.scan(card);
      await this.page.getByText(new RegExp(`户号 ${number}$`)).waitFor();
      found.push({ card, points: await this.balance() });
    }
    const richest = found.sort((a, b) => b.points - a.points)[0]?.card ?? '';
    await this.scan(richest);
    await this.page.locator('.serve:has(.goods-card) .person').waitFor();
    return richest;
  }

  async balance(): Promise<number> {
    return Number(await this.page.locator('.balance strong').textContent());
  }

  /** Looks the household up again, so that the screen shows changes made meanwhile. */
  async reopen(card: string): Promise<void> {
    await this.page.getByRole('button', { name: '换一户' }).click();
    await this.scanCard(card);
    await this.page.locator('.person').waitFor();
  }

  /** Closes the household on the screen and opens this one. */
  async attend(card: string): Promise<void> {
    const leave = this.page.getByRole('button', { name: /^(换一户|下一位)$/ });
    if (await leave.isVisible()) await leave.click();
    await this.scanCard(card);
    await this.page.locator('.person').waitFor();
  }

  async openStatement(): Promise<void> {
    await this.page.getByRole('button', { name: /^看积分/ }).click();
    await this.page.getByRole('heading', { name: /^看积分/ }).waitFor();
  }

  /** Types the household's number for a statement, and then its PIN. */
  async typeNumberAndPin(number: string, pin: string): Promise<void> {
    const back = this.page.getByRole('button', { name: '换一个户号' });
    if (await back.isVisible()) await back.click();
    else await this.pressDigits(number);
    await this.page.getByRole('button', { name: '下一步' }).click();
    await this.pressDigits(pin);
  }

  /** Types the PIN into the dialog that asks the household for it. */
  async typePin(pin: string): Promise<void> {
    for (const digit of pin) {
      await this.page.getByRole('dialog').getByRole('button', { name: digit, exact: true }).click();
    }
  }

  async addByPicture(goods: string): Promise<void> {
    await this.page
      .getByRole('button', { name: new RegExp(goods.replace(/[()]/g, '\\\\$&')) })
      .first()
      .click();
  }

  /** One tap. */
  async confirm(): Promise<void> {
    await this.page.getByRole('button', { name: /^确认兑换/ }).click();
    await this.page.getByText('兑好了').first().waitFor();
  }

  /** Confirms a basket for which the household has to type its PIN. */
  async confirmWithPin(pin: string): Promise<void> {
    await this.page.getByRole('button', { name: /^确认兑换/ }).click();
    await this.typePin(pin);
    await this.page.getByText('兑好了').first().waitFor();
  }

  async undo(): Promise<void> {
    await this.page.getByRole('button', { name: /^撤销(这|上)一笔$/ }).click();
    await this.page.getByRole('button', { name: '撤销，积分退回' }).click();
    await this.page.getByText('已经撤销').first().waitFor();
  }

  async next(): Promise<void> {
    await this.page.getByRole('button', { name: '下一位' }).click();
    await this.page.getByText('请刷卡').first().waitFor();
  }

  async openCamera(): Promise<void> {
    await this.page.getByRole('button', { name: /摄像头/ }).click();
    await this.page.getByRole('dialog', { name: '用摄像头扫码' }).waitFor();
  }

  async closeCamera(): Promise<void> {
    await this.page.getByRole('button', { name: '关掉摄像头' }).click();
    await this.page.getByRole('dialog').waitFor({ state: 'detached' });
  }

  /** Pieces in the basket. */
  async pieces(): Promise<number> {
    const counts = await this.page.locator('.steps output').allTextContents();
    return counts.reduce((sum, count) => sum + Number(count), 0);
  }

  /** The rows in the browser's database, by kind. */
  async kept(): Promise<Record<'outbox' | 'baskets', Record<string, unknown>[]>> {
    return this.page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('jishan');
        opening.onsuccess = () => resolve(opening.result);
      });
      const all = (kind: string) =>
        new Promise<Record<string, unknown>[]>((resolve) => {
          const asked = database.transaction(kind).objectStore(kind).getAll() as IDBRequest<
            Record<string, unknown>[]
          >;
          asked.onsuccess = () => resolve(asked.result);
        });
      const kept = { outbox: await all('outbox'), baskets: await all('baskets') };
      database.close();
      return kept;
    });
  }

  /** Makes the basket on the disk older. */
  async ageBasket(byMs: number): Promise<void> {
    await this.page.evaluate(async (ms) => {
      const database = await new Promise<IDBDatabase>((resolve) => {
        const opening = indexedDB.open('jishan');
        opening.onsuccess = () => resolve(opening.result);
      });
      await new Promise<void>((resolve) => {
        const work = database.transaction('baskets', 'readwrite', { durability: 'strict' });
        const baskets = work.objectStore('baskets');
        const asked = baskets.get('counter') as IDBRequest<{ changedAtMs: number }>;
        asked.onsuccess = () => {
          const older = { ...asked.result, changedAtMs: asked.result.changedAtMs - ms };
          baskets.put(older, 'counter');
        };
        work.oncomplete = () => resolve();
      });
      database.close();
    }, byMs);
  }

  text(): Promise<string> {
    return this.page.locator('body').innerText();
  }

  async pressDigits(digits: string): Promise<void> {
    for (const digit of digits.replaceAll(' ', '')) {
      await this.page.getByRole('button', { name: digit, exact: true }).click();
    }
  }
}
