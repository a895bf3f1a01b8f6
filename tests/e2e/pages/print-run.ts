import type { Page } from 'playwright-core';

export interface PrintedRow {
  readonly number: string;
  readonly code: string;
  /** Empty where the slip says that the PIN has not changed. */
  readonly pin: string;
}

/** The page on which the office prints cards with PIN slips. */
export class PrintRun {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/desk/print-run');
    await this.page.getByRole('heading', { name: '打印给谁' }).waitFor();
  }

  async choose(which: '还没有的' | '还能打印密码的' | '全部'): Promise<void> {
    await this.page.locator('fieldset label', { hasText: which }).click();
  }

  /** Begins a run of so many households, also from the server itself, whose address no phone can open. */
  async start(households: number): Promise<void> {
    await this.page.getByRole('button', { name: new RegExp(`^打印 ${withCommas(households)} 户$`) }).click();
    const anyway = this.page.getByRole('button', { name: '照样打印' });
    if (await anyway.isVisible()) await anyway.click();
  }

  /** The run is ready and the print dialog was opened. */
  async ready(): Promise<void> {
    await this.page.getByRole('button', { name: /^打印好了/ }).waitFor({ timeout: 180_000 });
  }

  async mark(): Promise<void> {
    await this.page.getByRole('button', { name: /^打印好了/ }).click();
    await this.page
      .getByText(/已记为打印过/)
      .first()
      .waitFor();
  }

  /** The households on the sheets, in the order in which they are printed. */
  async rows(): Promise<PrintedRow[]> {
    return this.page.locator('.sheet .household').evaluateAll((rows) =>
      rows.map((row) => ({
        number: row.getAttribute('data-number') ?? '',
        code: (row.querySelector('.code')?.textContent ?? '').replaceAll(/\D/g, ''),
        pin: (row.querySelector('.pin')?.textContent ?? '').replaceAll(/\D/g, ''),
      })),
    );
  }

  /** How many households lie on each sheet. */
  async sheets(): Promise<number[]> {
    return this.page
      .locator('.sheet .page:has(.foot)')
      .evaluateAll((all) => all.map((one) => one.querySelectorAll('.household').length));
  }

  text(): Promise<string> {
    return this.page.locator('main').innerText();
  }
}

function withCommas(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}
