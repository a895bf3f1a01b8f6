import type Axe from 'axe-core';
import axe from 'axe-core';
import type { Page } from 'playwright-core';

/** On what is not judged because something built alike is. */
const ALIKE = 'data-built-alike';

export interface Judging {
  /** Only this part of the page, by its selector: what lies behind an open dialog was judged without it. */
  readonly within?: string;
  /** Also what is built like something else that was judged. */
  readonly everything?: boolean;
}

/** What axe finds on a page as it stands: the impact, the rule and the element. */
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

/** The same in words, and only what axe calls serious. */
export async function seriousFindings(page: Page, judging?: Judging): Promise<string[]> {
  const found = await axeFindings(page, judging);
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ what }) => what);
}

// What follows runs in the page: it sees nothing from outside itself.

/**
 * Where many elements stand side by side, those built alike are marked, all but the first two: the same elements with the
 * same classes, roles, states and colours, and words in the same places. A hundred rows take axe seconds and say what one
 * says.
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
