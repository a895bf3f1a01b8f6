import type { Page } from 'playwright-core';
import { type Judging, seriousFindings } from './axe.ts';
import { untilQuiet } from './quiet.ts';

/** The smallest sizes a page may have: of text (18 px by default), and of the sides of things to press. */
export interface Measures {
  readonly touch: number;
  readonly text?: number;
}

/** Waits until the page has loaded its data and nothing moves, so that the finished page is judged. */
export async function settle(page: Page): Promise<void> {
  await untilQuiet(page);
  await standStill(page);
}

/** Waits until all animations have ended, except endless ones. */
export async function standStill(page: Page): Promise<void> {
  // A new size or language shows things that begin to move a frame later.
  await page.evaluate(
    () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
  );
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ playState, effect }) => playState !== 'running' || effect?.getTiming().iterations === Infinity,
      ),
  );
}

/**
 * All faults of the present page: serious findings of axe, sideways scrolling, text that is too small, things
 * that are too small to press, and lines that are too close.
 */
export async function findings(
  page: Page,
  { touch, text = 18, ...judging }: Measures & Judging,
): Promise<string[]> {
  return [...(await seriousFindings(page, judging)), ...(await measure(page, { touch, text }))];
}

/** The same without axe, which is slow. */
export async function measure(page: Page, { touch, text = 18 }: Measures): Promise<string[]> {
  return [
    ...(await page.evaluate(sideways)),
    ...(await page.evaluate(unreadable, text)),
    ...(await page.evaluate(unpressable, touch)),
  ];
}

// The functions below run in the page, so they cannot use anything of this file.

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
    // Only text that wraps needs space between its lines.
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
    // A link in a sentence can only be as high as its line.
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
