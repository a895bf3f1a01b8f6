import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { FLAGS, SIZES } from './browser.ts';
import { findChromium } from './tools.ts';

/** A browser that keeps its profile on the disk, like a phone does. */
export interface Killable {
  readonly page: Page;
  /** Kills the process like an empty battery does, without any clean-up. */
  kill(): Promise<void>;
  /** Closes the browser like a person does, so that it saves its data. */
  quit(): Promise<void>;
}

export interface Profile {
  open(origin: string): Promise<Killable>;
  remove(): void;
}

interface ProfileOptions {
  readonly flags?: readonly string[];
  /** Runs before each page of the browser is opened. */
  readonly before?: (context: BrowserContext) => Promise<void>;
}

export function newProfile(options: ProfileOptions = {}): Profile {
  const folder = mkdtempSync(join(tmpdir(), 'jishan-profile-'));
  return {
    open: (origin) => openBrowser(folder, origin, options),
    // The processes are dead, but their open files may need a moment to disappear.
    remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

async function openBrowser(
  folder: string,
  origin: string,
  { flags: more = [], before }: ProfileOptions,
): Promise<Killable> {
  const flags = [
    ...FLAGS,
    ...more,
    '--headless',
    `--user-data-dir=${folder}`,
    '--remote-debugging-port=0',
    '--lang=zh-CN',
    '--accept-lang=zh-CN',
    '--hide-crash-restore-bubble',
    'about:blank',
  ];
  // A process group of its own, so that the browser's helper processes are killed with it.
  const child = spawn(findChromium() ?? 'chromium', flags, {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const gone = once(child, 'exit');
  const address = await new Promise<string>((resolve, reject) => {
    let said = '';
    void gone.then(() => reject(new Error(`the browser ended: ${said}`)));
    child.stderr.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /DevTools listening on (ws:\S+)/.exec(said)?.[1];
      if (found !== undefined) resolve(found);
    });
  });
  const browser = await chromium.connectOverCDP(address);
  const [context] = browser.contexts();
  if (!context) throw new Error('the browser has no window');
  await before?.(context);
  const page = context.pages()[0] ?? (await context.newPage());
  page.setDefaultTimeout(20_000);
  await page.setViewportSize(SIZES.phone);
  await page.goto(origin);
  return {
    page,
    async kill() {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      await gone;
      // Closes this side of the connection.
      await browser.close().catch(() => undefined);
    },
    async quit() {
      const whole = await browser.newBrowserCDPSession();
      await whole.send('Browser.close').catch(() => undefined);
      await gone;
    },
  };
}
