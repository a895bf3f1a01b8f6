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

/** Milliseconds from the last key or tap (a scan ends with Enter) to the frame that shows the words. */
export async function untilSeen(page: Page, where: string, words: string): Promise<number> {
  return page.evaluate(
    ({ where: selector, words: wanted }) =>
      new Promise<number>((resolve) => {
        const isSeen = () => document.querySelector(selector)?.textContent.includes(wanted) === true;
        const look = () => {
          if (!isSeen()) return;
          watcher.disconnect();
          const pressedMs = Number(document.documentElement.dataset.pressedMs);
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressedMs)));
        };
        const watcher = new MutationObserver(look);
        watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
      }),
    { where, words },
  );
}
