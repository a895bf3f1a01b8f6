import type { Page } from 'playwright-core';
import { seriousFindings } from './axe.ts';

/** The faults of the present page: serious findings of axe, small things to press, sideways scrolling. */
export async function pageFindings(page: Page, touchPx: number): Promise<string[]> {
  await page.waitForFunction(() =>
    document.getAnimations().every((animation) => animation.playState !== 'running'),
  );
  const found = await seriousFindings(page);
  const { sideways, small } = await page.evaluate((least) => {
    const pressed = Array.from(
      document.querySelectorAll<HTMLElement>('button, select, input:not([type=radio])'),
    );
    return {
      sideways: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      small: pressed
        .map((element) => ({ element, box: element.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 0 && (box.height < least - 0.5 || box.width < least - 0.5))
        .map(({ element, box }) => `${element.outerHTML.slice(0, 80)} is ${box.width} × ${box.height}`),
    };
  }, touchPx);
  return [...found, ...small, ...(sideways > 0 ? [`scrolls ${String(sideways)} px sideways`] : [])];
}
