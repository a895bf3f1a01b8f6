import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { watchRequests } from './quiet.ts';
import { findChromium, findHeadlessChromium } from './tools.ts';

/** Where screenshots of a run are kept; git does not see it. */
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

/** The engine alone; with switches for a camera or a network the whole browser, which knows them. */
export function launchBrowser(...more: string[]): Promise<Browser> {
  const executablePath = more.length > 0 ? findChromium() : findHeadlessChromium();
  if (executablePath === undefined) throw new Error('this machine has no Chromium');
  // Where the language of the machine is not set, Chromium cannot write the Chinese name of a file it saves.
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
  /** What went wrong in the page itself: errors on its console, and requests to other hosts. */
  readonly complaints: string[];
}

/** A browser profile of its own, in Chinese, on one kind of screen. */
export async function openWindow(
  browser: Browser,
  size: keyof typeof SIZES,
  origin: string,
  options: { readonly userAgent?: string } = {},
): Promise<Window> {
  const context = await browser.newContext({
    viewport: SIZES[size],
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    baseURL: origin,
    hasTouch: size === 'phone' || size === 'kiosk',
    ...options,
  });
  context.on('page', watchRequests);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // What the browser says of an answer it was given (401, 404) is the page's business.
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

/** Keeps a picture of a page where somebody asked for pictures: `npm test -- --pictures`. */
export async function picture(page: Page, name: string, { fullPage = false } = {}): Promise<void> {
  if (process.env.JISHAN_PICTURES === undefined) return;
  mkdirSync(ARTEFACTS, { recursive: true });
  await page.screenshot({ path: join(ARTEFACTS, `${name}.png`), fullPage });
}
