import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FEATURES } from '../../client/desk/features.ts';
import { withChildren } from '../../client/desk/shell/places.ts';
import { routesOf } from '../../client/desk/shell/router.ts';
import words from '../../client/desk/objections/locales/zh-CN.ts';
import { hasChromium, launchBrowser, openWindow, picture, type Window } from '../support/browser.ts';
import { measure, settle } from '../support/measure.ts';
import { type Program, startProgram } from '../support/program.ts';
import { lookAt } from '../support/views.ts';
import { Desk } from './pages/desk.ts';
import { HandoversDesk } from './pages/handovers.ts';
import { ObjectionsDesk } from './pages/objections.ts';

/** The path of each page of the desk. `first` is the link in a list that opens the page. */
interface Found {
  readonly list: string;
  /** The link of the list that leads to a page where the first one stands. */
  readonly through?: RegExp;
  readonly first: RegExp;
  readonly then?: string;
}
const { objections } = words;
const BATCH = /\/desk\/approvals\/[^/?]+$/;
const PROPOSAL = /\/desk\/proposals\/[^/]+$/;
const PLACES: Record<string, string | Found> = {
  home: '',
  password: 'password',
  dashboard: 'dashboard',
  fairness: 'fairness',
  fairnessEntries: 'fairness/entries',
  fairnessVisits: 'fairness/visits',
  notices: 'notices',
  'numbered-notices': 'notices/numbered',
  deductions: 'reminders',
  'new-reminder': 'reminders/new',
  reminder: { list: 'reminders', first: /\/desk\/reminders\/(?!new)[^/]+$/ },
  objections: 'objections',
  'new-objection': 'objections/new',
  objection: { list: 'objections', first: /\/desk\/objections\/(?!new)[^/]+$/ },
  reports: 'reports',
  workdays: 'workdays',
  'new-workday': 'workdays/new',
  share: 'share',
  cards: 'cards',
  printRun: 'print-run',
  opening: 'opening',
  award: 'award',
  approvals: 'approvals',
  batch: { list: 'approvals', first: BATCH },
  proposal: { list: 'approvals', through: BATCH, first: PROPOSAL },
  correct: { list: 'approvals', through: BATCH, first: PROPOSAL, then: '/correct' },
  households: 'households',
  newHousehold: 'households/new',
  household: { list: 'households', first: /\/desk\/households\/(?!new)[^/]+$/ },
  editHousehold: { list: 'households', first: /\/desk\/households\/(?!new)[^/]+$/, then: '/edit' },
  changeHousehold: { list: 'households', first: /\/desk\/households\/(?!new)[^/]+$/, then: '/change' },
  printPassbook: { list: 'households', first: /\/desk\/households\/(?!new)[^/]+$/, then: '/passbook' },
  imports: 'import',
  import: 'import/roster',
  scores: 'score-sheet',
  rules: 'rules',
  newRule: 'rules/new',
  rule: { list: 'rules', first: /\/desk\/rules\/(?!new)[^/]+$/ },
  compareRule: { list: 'rules', first: /\/desk\/rules\/(?!new)[^/]+$/, then: '/compare' },
  editRule: { list: 'rules', first: /\/desk\/rules\/(?!new)[^/]+$/, then: '/edit' },
  goods: 'goods',
  newGoods: 'goods/new',
  editGoods: { list: 'goods', first: /\/desk\/goods\/(?!new|stock-in|opening-stock)[^/]+$/ },
  stockIn: 'goods/stock-in',
  openingStock: 'goods/opening-stock',
  kiosk: 'shop',
  daySheet: 'shop/day',
  address: 'address',
  settings: 'settings',
  staff: 'staff',
  backups: 'backups',
  village: 'village',
  books: 'ledger',
  acts: 'acts',
  proof: 'ledger/proof',
  entry: { list: 'ledger', first: /\/desk\/ledger\/\d+$/ },
  changes: 'changes',
  signatures: 'signatures',
  handovers: 'handovers',
  rounds: 'rounds',
  'new-round': 'rounds/new',
  rechecks: 'rechecks',
  recheck: { list: 'rechecks', first: /\/desk\/rechecks\/[^/]+$/ },
  outbox: 'without-network',
  handover: { list: 'handovers', first: /\/desk\/handovers\/[^/]+$/ },
  nowhere: 'no/such/page',
};
/** Cards and PINs are given out by somebody who does not manage the shop. */
const OF_COMMITTEE: ReadonlySet<string> = new Set(['cards', 'printRun']);
/**
 * Two that are shown without a log-in (tests/e2e/screens.test.ts), one that needs a notice (notices-numbered.test.ts), those of a round
 * (rounds.test.ts), one that needs a report from a phone (reports.test.ts), and those that need an event (workdays.test.ts).
 */
const ELSEWHERE = [
  ...['setup', 'login', 'numbered-notice', 'round', 'mark-round', 'key-round', 'report'],
  ...['workday', 'workday-list'],
];
/** The text of the page for unknown paths. */
const NOWHERE = '没有这个页面';
const SIZES = ['desk', 'phone'] as const;
const TOUCH = 44;

describe.skipIf(!hasChromium)('the screens of the desk', () => {
  let program: Program;
  let browser: Browser;
  const windows: Window[] = [];
  const paths = new Map<string, string>();

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    browser = await launchBrowser();
    const page = await logIn();
    await new HandoversDesk(page).start('王德明', '赵秀兰');
    await page.goto('/desk/objections/new');
    await page.getByText(objections.kind.suggestion, { exact: true }).click();
    await new ObjectionsDesk(page).keyIn('多开一天门');
    for (const [name, place] of Object.entries(PLACES)) paths.set(name, await pathOf(page, place));
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
  });

  async function logIn(as = 'admin'): Promise<Page> {
    const logins = JSON.parse(readFileSync(join(program.dataDir, 'demo-logins.json'), 'utf8')) as {
      staff: { role: string; username: string; password: string }[];
    };
    const person = logins.staff.find(({ role }) => role === as);
    const window = await openWindow(browser, 'desk', program.origin);
    windows.push(window);
    await new Desk(window.page).logIn(person?.username ?? '', person?.password ?? '');
    await window.page.getByRole('heading', { name: /您好/ }).waitFor();
    return window.page;
  }

  it('are all looked at', () => {
    const named = withChildren(routesOf(FEATURES)).flatMap(({ name }) =>
      typeof name === 'string' ? [name] : [],
    );
    expect(Object.keys(PLACES).concat(ELSEWHERE).sort()).toEqual(named.sort());
  });

  it('are in order in both languages on a PC and on a phone', async () => {
    const found = await walk(async (page, name, path) => {
      await page.goto(path);
      await settle(page);
      expect(new URL(page.url()).pathname).toBe(path);
      return lookAt(page, `desk-${name}`, { sizes: SIZES, touch: TOUCH });
    });
    expect(found).toEqual([]);
  });

  it('say so when the network is gone, and offer to try again', async () => {
    const silent: string[] = [];
    const found = await walk(async (page, name, path) => {
      await goInside(page, '/desk/no/such/page');
      await page.getByText(NOWHERE).waitFor();
      await page.route('**/api/**', (route) => route.abort());
      await goInside(page, path);
      await settle(page);
      await picture(page, `desk-${name}-offline`);
      if (!(await saysOffline(page))) silent.push(name);
      const wrong = await measure(page, { touch: TOUCH });
      await page.unroute('**/api/**');
      return wrong.map((what) => `${name}: ${what}`);
    });
    expect(found).toEqual([]);
    // These pages send no request until somebody does something.
    expect(silent.sort()).toEqual([
      ...['import', 'imports', 'new-objection', 'nowhere', 'password', 'scores', 'settings'],
    ]);
  });

  it('say that they load, and show nothing half', async () => {
    const found = await walk(async (page, name, path) => {
      await goInside(page, '/desk/no/such/page');
      await page.getByText(NOWHERE).waitFor();
      const { promise: held, resolve: release } = Promise.withResolvers<undefined>();
      await page.route('**/api/**', async (route) => {
        await held;
        // The page may have moved on before its request is aborted.
        await route.abort().catch(() => undefined);
      });
      await goInside(page, path);
      await page.locator('main h1, [role=status]').first().waitFor({ state: 'attached' });
      const wrong = await measure(page, { touch: TOUCH });
      await picture(page, `desk-${name}-loading`);
      release(undefined);
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      return wrong.map((what) => `${name}: ${what}`);
    });
    expect(found).toEqual([]);
  });

  it('complain of nothing and ask no other host', () => {
    expect(windows.flatMap(({ complaints }) => complaints)).toEqual([]);
  });

  /** Visits every page, in two windows at once for two cores. */
  async function walk(visit: (page: Page, name: string, path: string) => Promise<string[]>) {
    const todo = [...paths].filter(([name]) => !OF_COMMITTEE.has(name));
    const ofCommittee = [...paths].filter(([name]) => OF_COMMITTEE.has(name));
    const found: string[] = [];
    async function work(page: Page, places: [string, string][]): Promise<void> {
      for (let next = places.shift(); next; next = places.shift())
        found.push(...(await visit(page, ...next)));
      await page.context().close();
    }
    await Promise.all([
      logIn().then((page) => work(page, todo)),
      logIn('committee')
        .then((page) => work(page, ofCommittee))
        .then(() => logIn())
        .then((page) => work(page, todo)),
    ]);
    return found;
  }
});

async function pathOf(page: Page, place: (typeof PLACES)[string]): Promise<string> {
  if (typeof place === 'string') return `/desk/${place}`;
  await page.goto(`/desk/${place.list}`);
  if (place.through !== undefined) await page.goto((await linkOn(page, place.through)) ?? '');
  const path = await linkOn(page, place.first);
  if (path === undefined) throw new Error(`${place.list} leads to nothing like ${String(place.first)}`);
  return path + (place.then ?? '');
}

async function linkOn(page: Page, like: RegExp): Promise<string | undefined> {
  await settle(page);
  const links = await page
    .locator('main a[href]')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
  return links.find((link) => like.test(link));
}

/** Goes to another page without loading the document again. */
async function goInside(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    history.pushState(null, '', to);
    dispatchEvent(new PopStateEvent('popstate', { state: null }));
  }, path);
  const here = page.getByText(NOWHERE);
  if (!path.endsWith('no/such/page')) await here.waitFor({ state: 'hidden' });
}

/** Whether the page shows that the server cannot be reached. */
async function saysOffline(page: Page): Promise<boolean> {
  const alert = page.getByRole('alert').filter({ hasText: '连不上服务器' });
  return (await alert.count()) > 0;
}
