import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { runProgram } from '../../support/programs.ts';

/** The desk where an address is chosen: in place on other pages, and on the page that says who reaches the server. */
export class AddressDesk {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  async open(): Promise<void> {
    await this.page.goto('/desk/address');
    await this.page.getByRole('heading', { level: 1, name: '谁能连上' }).waitFor();
  }

  /** The one tap that chooses this address, wherever it is offered. */
  choice(origin: string): Locator {
    return this.page.getByRole('button', { name: `用这个 ${origin}` });
  }

  async choose(origin: string): Promise<void> {
    await this.choice(origin).click();
    await this.choice(origin).waitFor({ state: 'detached' });
  }

  get keepQuestion(): Locator {
    return this.page.getByRole('alert').filter({ hasText: '路由器会一直给这台电脑这个地址吗？' });
  }

  async confirmKept(): Promise<void> {
    await this.page.getByRole('button', { name: '已经固定好了' }).click();
    await this.keepQuestion.waitFor({ state: 'detached' });
  }
}

/** The address in the QR code that is drawn there, as a camera reads it. */
export async function readQr(drawing: Locator): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-qr-'));
  try {
    const path = join(folder, 'qr.png');
    await drawing.screenshot({ path });
    return runProgram('zbarimg', ['-q', '--raw', '-Sdisable', '-Sqrcode.enable', path]).output.trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
