import type { Page } from 'playwright-core';
import { picture, SIZES } from './browser.ts';
import { findings, measure, type Measures, standStill } from './measure.ts';
import { untilQuiet } from './quiet.ts';

type Size = keyof typeof SIZES;

interface Looks extends Measures {
  readonly sizes: readonly Size[];
  /** Lets axe judge the screen. Once per screen is enough. */
  readonly axe?: boolean;
  /** The test holds an answer back, so the page does not become quiet. */
  readonly isAsking?: boolean;
}

/**
 * Checks the present screen in both languages and at each of these sizes. Takes a picture of each and returns all
 * faults. It changes the language without a reload, so that the page keeps its state.
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

/** The window's title must be in the page's language and differ from the title in the other language. */
async function wrongTitle(page: Page, language: string): Promise<string[]> {
  const title = await page.title();
  const parts = title.split(' · ');
  const [product, other] = language === 'en' ? ['Jishan', '积善'] : ['积善', 'Jishan'];
  const isRight = parts.length > 1 && parts.includes(product) && !parts.includes(other);
  return isRight ? [] : [`its title is “${title}”`];
}

/** Changes the language like another tab does, so that nothing else on the page changes. */
export async function speak(page: Page, language: string): Promise<void> {
  await page.evaluate((wanted) => {
    localStorage.setItem('jishan.language', wanted);
    dispatchEvent(new StorageEvent('storage', { key: 'jishan.language', newValue: wanted }));
  }, language);
  await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
}
