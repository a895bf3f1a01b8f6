import type { Page } from 'playwright-core';

interface Focus {
  readonly name: string;
  readonly isSeen: boolean;
}

/**
 * Presses Tab until the focused element has this name. Returns the elements on the way whose focus cannot be seen.
 */
export async function tabTo(page: Page, name: RegExp, most = 80): Promise<string[]> {
  const unseen: string[] = [];
  for (let step = 0; step < most; step++) {
    let focus = await focused(page);
    if (!focus.isSeen) {
      // The page may still be scrolling to the element.
      await page.waitForTimeout(150);
      focus = await focused(page);
    }
    if (!focus.isSeen) unseen.push(focus.name);
    if (name.test(focus.name)) return unseen;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(most)} times Tab did not lead to ${String(name)}`);
}

/** The name of the focused element, and whether its focus is visible: an outline inside the window. */
export function focused(page: Page): Promise<Focus> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return { name: '', isSeen: true };
    const labels = 'labels' in element ? [...(element.labels as NodeListOf<HTMLElement>)] : [];
    const words = [
      element.getAttribute('aria-label'),
      ...labels.map((label) => label.textContent),
      element.textContent,
    ];
    const name =
      words
        .find((one) => one?.trim())
        ?.replace(/\s+/g, ' ')
        .trim() ?? element.outerHTML;
    // The element after a chip's hidden radio button shows its focus. A heading focused for screen readers needs none.
    const drawn = element.classList.contains('visually-hidden') ? element.nextElementSibling : element;
    if (!drawn || element.tabIndex < 0) return { name, isSeen: true };
    const { outlineStyle, outlineWidth } = getComputedStyle(drawn);
    const box = drawn.getBoundingClientRect();
    const isInside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const isMarked = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    return { name, isSeen: isInside && isMarked };
  });
}
