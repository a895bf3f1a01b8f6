import type { Page } from 'playwright-core';
import { type Judging, seriousFindings } from './axe.ts';
import { untilQuiet } from './quiet.ts';

/** What a page is held to: 18 px for text; the least side of whatever a finger presses. */
export interface Measures {
  readonly touch: number;
  readonly text?: number;
}

/** Pages load their data after they open; what is judged must be the page itself. */
export async function settle(page: Page): Promise<void> {
  await untilQuiet(page);
  await standStill(page);
}

/** Until what moves on the page has arrived; what turns for ever is left turning. */
export async function standStill(page: Page): Promise<void> {
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
export async function findings(
  page: Page,
  { touch, text = 18, ...judging }: Measures & Judging,
): Promise<string[]> {
  return [...(await seriousFindings(page, judging)), ...(await measure(page, { touch, text }))];
}

/** The same without axe, which takes its time. */
export async function measure(page: Page, { touch, text = 18 }: Measures): Promise<string[]> {
  return [
    ...(await page.evaluate(sideways)),
    ...(await page.evaluate(unreadable, text)),
    ...(await page.evaluate(unpressable, touch)),
  ];
}

// What follows runs in the page: it sees nothing from outside itself.

function sideways(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement;
  return scrollWidth > clientWidth ? [`scrolls ${String(scrollWidth - clientWidth)} px sideways`] : [];
}

function unreadable(least: number): string[] {
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || !node.textContent?.trim()) continue;
    if (parent.closest('script, style, option, .on-paper, .visually-hidden')) continue;
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const { fontSize, lineHeight } = getComputedStyle(parent);
    const size = Number.parseFloat(fontSize);
    const what = `<${parent.tagName.toLowerCase()} class="${parent.className}"> ${node.textContent.trim().slice(0, 40)}`;
    if (size < least - 0.5) found.push(`text of ${String(size)} px: ${what}`);
    // One line of figures or a single sign may stand tight; text that wraps may not.
    const range = document.createRange();
    range.selectNodeContents(node);
    const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
    const apart = Number.parseFloat(lineHeight) / size;
    if (lines > 1 && apart < 1.29) found.push(`lines ${apart.toFixed(2)} apart: ${what}`);
  }
  return found;
}

function unpressable(least: number): string[] {
  const pressed =
    'button, a[href], input, select, textarea, summary, [role=button], [role=tab], [role=checkbox], [role=menuitem]';
  return [...document.querySelectorAll<HTMLElement>(pressed)].flatMap((element) => {
    // A link in a sentence is as high as its line.
    if (element.tagName === 'A' && getComputedStyle(element).display === 'inline') return [];
    const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [];
    const boxes = [element, ...labels]
      .filter((area) => area.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
      .filter((area) => !area.classList.contains('visually-hidden'))
      .map((area) => area.getBoundingClientRect());
    if (boxes.length === 0) return [];
    const width = Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left));
    const height = Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...boxes.map(({ top }) => top));
    if (Math.min(width, height) >= least - 0.5) return [];
    const name = (element.textContent.trim() || (element.getAttribute('aria-label') ?? '')).slice(0, 40);
    const what = `<${element.tagName.toLowerCase()} class="${element.className}"> ${name}`;
    return [`${width.toFixed(0)} × ${height.toFixed(0)} px to press: ${what}`];
  });
}
