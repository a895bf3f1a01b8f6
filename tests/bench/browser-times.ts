import type { Page } from 'playwright-core';

/** The processor is slowed so many times. */
export const SLOWER = 4;

/** Notes the time of the last key or click. It runs before the page's scripts, which stop a scanner's key events. */
export function noteInput(): void {
  for (const kind of ['keydown', 'click'])
    addEventListener(kind, () => (document.documentElement.dataset.pressedMs = String(performance.now())), {
      capture: true,
    });
}

/**
 * Watches for words from now on. The function it answers waits for them: milliseconds from the last key or tap (a scan ends
 * with Enter) to the frame that shows them.
 */
export async function watchFor(page: Page, where: string, words: string): Promise<() => Promise<number>> {
  await page.evaluate(
    ({ where: selector, words: wanted }) => {
      const seenMs = new Promise<number>((resolve) => {
        const isSeen = () => document.querySelector(selector)?.textContent.includes(wanted) === true;
        const watcher = new MutationObserver(() => {
          if (!isSeen()) return;
          watcher.disconnect();
          const pressedMs = Number(document.documentElement.dataset.pressedMs);
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressedMs)));
        });
        watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
      });
      Object.assign(window, { seenMs });
    },
    { where, words },
  );
  return () => page.evaluate(() => (window as unknown as { readonly seenMs: Promise<number> }).seenMs);
}
