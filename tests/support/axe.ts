import type Axe from 'axe-core';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** Marks elements that are skipped because axe judges others that are built alike. */
const ALIKE = 'data-built-alike';

export interface Judging {
  /** The selector of the only part to judge, such as a dialog that is open over a page judged before. */
  readonly within?: string;
  /** Also judges the elements that are built alike. */
  readonly everything?: boolean;
}

/** The findings of axe on the present page: the impact, and the rule with the element. */
export async function axeFindings(
  page: Page,
  { within, everything = false }: Judging = {},
): Promise<{ impact: string; what: string }[]> {
  if (!everything) await page.evaluate(markAlike, ALIKE);
  if (!(await page.evaluate(isThere))) await page.evaluate(`${axe.source};0`);
  const context = { exclude: [[`[${ALIKE}]`]], ...(within === undefined ? {} : { include: [[within]] }) };
  const violations = await page.evaluate(judge, context);
  await page.evaluate(unmark, ALIKE);
  return violations.map(({ id, impact, html }) => ({ impact, what: `${id}: ${html.slice(0, 200)}` }));
}

/** The findings that axe calls serious or critical, in words. */
export async function seriousFindings(page: Page, judging?: Judging): Promise<string[]> {
  const found = await axeFindings(page, judging);
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ what }) => what);
}

// The functions below run in the page, so they cannot use anything of this file.

/**
 * Marks siblings that are built alike, but for the first two: the same elements with the same classes, roles, states
 * and colours, and words in the same places. A hundred equal rows take axe seconds and have the findings of one.
 */
function markAlike(mark: string): void {
  const valued = /^(?:class|style|role|type|aria-(?!label|describedby|controls|owns).*)$/;
  const buildOf = (element: Element): string => {
    const attributes = [...element.attributes].map(({ name, value }) =>
      valued.test(name) ? `${name}=${value}` : `${name}${value === '' ? '' : '!'}`,
    );
    const inside = [...element.childNodes].map((node) => {
      if (node instanceof Element) return buildOf(node);
      return node.nodeType === Node.TEXT_NODE && node.textContent?.trim() ? 'words' : '';
    });
    return `<${element.tagName} ${attributes.join(' ')}>${inside.join('')}</>`;
  };
  for (const list of document.querySelectorAll('body *')) {
    if (list.childElementCount < 4 || list.closest(`[${mark}]`)) continue;
    const seen = new Map<string, number>();
    for (const row of list.children) {
      const { backgroundColor, color } = getComputedStyle(row);
      const build = `${backgroundColor} ${color} ${buildOf(row)}`;
      const before = seen.get(build) ?? 0;
      seen.set(build, before + 1);
      if (before >= 2) row.setAttribute(mark, '');
    }
  }
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly html: string;
}

function isThere(): boolean {
  return 'axe' in window;
}

async function judge(context: Axe.ContextObject): Promise<Violation[]> {
  const { axe: inPage } = window as unknown as { axe: typeof Axe };
  const { violations } = await inPage.run(context, { resultTypes: ['violations'], iframes: false });
  return violations.flatMap(({ id, impact, nodes }) =>
    nodes.map(({ html }) => ({ id, impact: impact ?? '', html })),
  );
}

function unmark(mark: string): void {
  for (const row of document.querySelectorAll(`[${mark}]`)) row.removeAttribute(mark);
}
