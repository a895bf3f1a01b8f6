import type { Page } from 'playwright-core';
import { picture, SIZES } from './browser.ts';
import { findings, measure, type Measures, standStill } from './measure.ts';
import { untilQuiet } from './quiet.ts';

type Size = keyof typeof SIZES;

interface Looks extends Measures {
  readonly sizes: readonly Size[];
  /** Lets axe judge it; once per screen is enough. */
  readonly axe?: boolean;
  /** A test holds an answer back: the page will go on asking while it is looked at. */
  readonly isAsking?: boolean;
}

/**
 * Looks at a screen as it stands, in both languages and at each of these sizes: a picture of each, and all
 * that is wrong with any of them. The language is changed on the page itself, so that nothing on it moves on.
 */
export async function lookAt(
  page: Page,
  name: string,
  { sizes, axe = true, isAsking = false, ...measures }: Looks,
): Promise<string[]> {
  const found: string[] = [];
  for (const language of ['zh-CN', 'en']) {
    await speak(page, language);
    if (!isAsking) await untilQuiet(page);
    found.push(...(await wrongTitle(page, language)).map((what) => `${name}-${language}: ${what}`));
    for (const size of sizes) {
      await page.setViewportSize(SIZES[size]);
      await standStill(page);
      const view = [name, ...(sizes.length > 1 ? [size] : []), language].join('-');
      await picture(page, view);
      const isJudged = axe && (language === 'zh-CN') === (size === sizes[0]);
      const wrong = await (isJudged ? findings : measure)(page, measures);
      found.push(...wrong.map((what) => `${view}: ${what}`));
    }
  }
  await speak(page, 'zh-CN');
  return [...new Set(found)];
}

/** The window is called in the language of the page, after what is open, and never like that of another language. */
async function wrongTitle(page: Page, language: string): Promise<string[]> {
  const title = await page.title();
  const parts = title.split(' · ');
  const [product, other] = language === 'en' ? ['Jishan', '积善'] : ['积善', 'Jishan'];
  const isRight = parts.length > 1 && parts.includes(product) && !parts.includes(other);
  return isRight ? [] : [`its title is “${title}”`];
}

/** As if the language had been chosen in another tab: the page follows, and nothing else on it changes. */
export async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate((wanted) => {
    localStorage.setItem('jishan.language', wanted);
    dispatchEvent(new StorageEvent('storage', { key: 'jishan.language', newValue: wanted }));
  }, language);
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
}
