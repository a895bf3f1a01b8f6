import type { Page } from 'playwright-core';

/** Counts from zero how often somebody taps or clicks on this page. */
export async function countTaps(page: Page): Promise<void> {
  await page.evaluate(() => {
    const isCounting = document.body.dataset.taps !== undefined;
    document.body.dataset.taps = '0';
    if (isCounting) return;
    const count = () => (document.body.dataset.taps = String(Number(document.body.dataset.taps) + 1));
    addEventListener('click', count, { capture: true });
  });
}

export async function taps(page: Page): Promise<number> {
  return page.evaluate(() => Number(document.body.dataset.taps));
}
