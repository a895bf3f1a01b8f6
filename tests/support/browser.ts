import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type Page,
} from 'playwright-core';
import { watchRequests } from './quiet.ts';
import { findChromium, findHeadlessChromium } from './tools.ts';

/** The folder for the screenshots of a run. Git ignores it. */
export const ARTEFACTS = 'test-artefacts';

export const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const hasChromium: boolean = findChromium() !== undefined;

/** Launches the headless shell. Switches for a camera or a network need the whole browser. */
export function launchBrowser(...more: string[]): Promise<Browser> {
  const executablePath = more.length > 0 ? findChromium() : findHeadlessChromium();
  if (executablePath === undefined) throw new Error('this machine has no Chromium');
  // Without a UTF-8 locale Chromium cannot save a file under a Chinese name.
  const env = { ...process.env, LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8' };
  return chromium.launch({ executablePath, env, args: [...FLAGS, ...more] });
}

export const SIZES = {
  desk: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
  kiosk: { width: 1024, height: 600 },
  television: { width: 1920, height: 1080 },
} as const;

export interface Window {
  readonly page: Page;
  readonly context: BrowserContext;
  /** The page's own errors: on its console, uncaught, and requests to other hosts. */
  readonly complaints: string[];
}

/**
 * Opens a window in a new profile, in Chinese, with the size of one kind of screen. It keeps no pages for when the server
 * is gone, unless a test asks for it: what a page loads from the server is then seen by the test.
 */
export async function openWindow(
  browser: Browser,
  size: keyof typeof SIZES,
  origin: string,
  options: Readonly<Pick<BrowserContextOptions, 'userAgent' | 'storageState' | 'serviceWorkers'>> = {},
): Promise<Window> {
  const context = await browser.newContext({
    viewport: SIZES[size],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    baseURL: origin,
    hasTouch: size === 'phone' || size === 'kiosk',
    serviceWorkers: 'block',
    ...options,
  });
  context.on('page', watchRequests);
  context.on('page', (opened) => {
    openPages.add(opened);
    opened.once('close', () => openPages.delete(opened));
  });
  const page = await context.newPage();
  // Three test files run beside each other on few cores: an answer may take long, and is no slower for whoever uses it.
  page.setDefaultTimeout(45_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // The browser logs each answer such as 401 or 404, which the page handles itself.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      complaints.push(message.text());
  });
  page.on('request', (request) => {
    const { protocol, origin: host } = new URL(request.url());
    if (protocol.startsWith('http') && host !== origin)
      complaints.push(`asked another host: ${request.url()}`);
  });
  return { page, context, complaints };
}

const openPages = new Set<Page>();

/** Reads the text of all open pages, for the report of a test that failed: it may fail on another computer only. */
export async function openPagesInWords(): Promise<string> {
  const pages = [...openPages].map(async (page) => {
    const text = await page.innerText('body', { timeout: 2_000 }).catch(String);
    return `${page.url()}\n${text.slice(0, 1_500)}`;
  });
  return (await Promise.all(pages)).join('\n\n');
}

/** Saves a picture of the page if pictures are wanted: `npm test -- --pictures`. */
export async function picture(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  if (process.env.JISHAN_PICTURES === undefined) return;
  mkdirSync(ARTEFACTS, { recursive: true });
  await page.screenshot({ path: join(ARTEFACTS, `${name}.png`), fullPage });
}
