import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/** What a page is held to: 18 px for text; the least side of whatever a finger presses. */
export interface Measures {
  readonly touch: number;
  readonly text?: number;
}

/** Pages load their data after they open; what is judged must be the page itself. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) => playState !== 'running' || effect?.getTiming().iterations === Infinity,
      ),
  );
}

/**
 * All that is wrong with a page as it stands: what axe calls serious, sideways scrolling, text too small to
 * read, things too small to press, lines too close.
 */
export async function findings(page: Page, { touch, text = 18 }: Measures): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const found = serious.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  return [...found, ...(await page.evaluate(measure, { touch, text }))];
}

/** Runs in the page: sees nothing from outside itself. */
function measure({ touch, text }: { touch: number; text: number }): string[] {
  const slack = 0.5;
  const found: string[] = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth)
    found.push(`scrolls ${String(root.scrollWidth - root.clientWidth)} px sideways`);

  const isShown = (element: Element) =>
    element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
    element.closest('.visually-hidden, [aria-hidden=true]') === null;
  const nameOf = (element: Element) =>
    `<${element.tagName.toLowerCase()} class="${element.getAttribute('class') ?? ''}"> ${(element.textContent || (element.getAttribute('aria-label') ?? '')).trim().slice(0, 40)}`;

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const read = new Set<Element>();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || read.has(parent) || !node.textContent?.trim() || !isShown(parent)) continue;
    if (parent.closest('script, style, option, .on-paper')) continue;
    read.add(parent);
    const style = getComputedStyle(parent);
    const size = Number.parseFloat(style.fontSize);
    if (size < text - slack) found.push(`text of ${String(size)} px: ${nameOf(parent)}`);
    // One line of figures or a single sign may stand tight; text that wraps may not.
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
    const apart = Number.parseFloat(style.lineHeight) / size;
    if (lines > 1 && apart < 1.29) found.push(`lines ${apart.toFixed(2)} apart: ${nameOf(parent)}`);
  }

  const pressed =
    'button, a[href], input:not([type=hidden]), select, textarea, summary, [role=button], [role=tab], [role=checkbox], [role=menuitem]';
  for (const element of document.querySelectorAll<HTMLElement>(pressed)) {
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const areas = [element, ...labels].filter(isShown);
    if (areas.length === 0 || element.closest('[hidden], [inert]')) continue;
    // A link in a sentence is as high as its line.
    if (element.tagName === 'A' && getComputedStyle(element).display === 'inline') continue;
    const boxes = areas.map((area) => area.getBoundingClientRect()).filter((box) => box.width > 1);
    if (boxes.length === 0) continue;
    const width = Math.max(...boxes.map((box) => box.right)) - Math.min(...boxes.map((box) => box.left));
    const height = Math.max(...boxes.map((box) => box.bottom)) - Math.min(...boxes.map((box) => box.top));
    if (Math.min(width, height) < touch - slack)
      found.push(`${width.toFixed(0)} × ${height.toFixed(0)} px to press: ${nameOf(element)}`);
  }
  return found;
}
