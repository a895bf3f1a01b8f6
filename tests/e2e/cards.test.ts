import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import phoneWords from '../../client/me/locales/zh-CN.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CARD, CARDS_A_SHEET, PAGE, placeOf } from '../../client/desk/cards/card-sheets.ts';
import { ARTEFACTS, hasChromium, launchBrowser, openWindow, type Window } from '../support/browser.ts';
import { type Program, startProgram } from '../support/program.ts';
import { renderPage, scanPlace } from '../support/printed-codes.ts';
import { runProgram } from '../support/programs.ts';
import { isMissing } from '../support/tools.ts';
import { CardsDesk } from './pages/cards.ts';
import { Desk } from './pages/desk.ts';

interface Logins {
  readonly staff: readonly { role: string; username: string; password: string }[];
}

interface Printed {
  readonly number: string;
  readonly code: string;
  readonly address: string;
}

/** zbarimg reads every card of several sheets from the PDF that goes to the printer. */
describe.skipIf(!hasChromium || isMissing('zbarimg') || isMissing('pdftoppm'))('printed cards', () => {
  let program: Program;
  let browser: Browser;
  let window: Window;
  let cards: CardsDesk;
  let folder: string;

  beforeAll(async () => {
    program = await startProgram('sqlite', '--demo');
    folder = mkdtempSync(join(tmpdir(), 'jishan-cards-'));
    const logins = JSON.parse(readFileSync(join(program.dataDir, 'demo-logins.json'), 'utf8')) as Logins;
    browser = await launchBrowser();
    window = await openWindow(browser, 'desk', program.origin);
    const clerk = logins.staff.find(({ role }) => role === 'committee');
    await new Desk(window.page).logIn(clerk?.username ?? '', clerk?.password ?? '');
    await window.page.getByRole('heading', { name: /您好/ }).waitFor();
    cards = new CardsDesk(window.page);
  });
  afterAll(async () => {
    await browser.close();
    await program.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('say that this address leads phones nowhere', async () => {
    await cards.open();
    await window.page.getByText('别的平板和手机还打不开').waitFor();
    expect(await cards.text()).not.toContain('PUBLIC_URL');
  });

  it('are read by zbarimg, every QR and every barcode of three sheets, and fit back to back', async () => {
    const { page } = window;
    await cards.open();
    await cards.choose(3 * CARDS_A_SHEET - 1);
    expect(await cards.text()).toContain(`共 ${3 * CARDS_A_SHEET - 1} 张卡`);
    expect(await page.content()).not.toMatch(/[1-9]\d{3}(?: \d{4}){4}/);
    await cards.print();
    const wanted = await cardsOnPaper(page, program.origin);
    expect(wanted).toHaveLength(3 * CARDS_A_SHEET - 1);

    const pdf = await page.pdf({ preferCSSPageSize: true });
    const file = join(folder, 'cards.pdf');
    writeFileSync(file, pdf);
    mkdirSync(ARTEFACTS, { recursive: true });
    writeFileSync(join(ARTEFACTS, 'cards.pdf'), pdf);
    expect(runProgram('pdfinfo', [file]).output).toMatch(/Pages:\s+6\n[^]*Page size:\s+59[45].*A4/);
    // Pages of fronts and backs alternate. Each card is scanned by itself.
    for (const sheet of [0, 1, 2]) {
      const front = renderPage(file, folder, 2 * sheet + 1);
      const back = renderPage(file, folder, 2 * sheet + 2);
      for (const [place, { code, address }] of wanted.slice(sheet * CARDS_A_SHEET).entries()) {
        if (place >= CARDS_A_SHEET) break;
        const found = scanPlace(front, folder, { ...placeOf(place, 'front'), ...CARD });
        expect({ sheet, place, ...found }).toEqual({ sheet, place, qr: [address], bars: [code] });
      }
      expect(scanPlace(back, folder, { left: 0, top: 0, ...PAGE })).toEqual({ qr: [], bars: [] });
    }
    await expectMirrored(page);
  });

  it('show the head’s name masked, and neither phone nor PIN', async () => {
    const heads = await cards.printedHeads();
    expect(heads).toHaveLength(3 * CARDS_A_SHEET - 1);
    for (const head of heads) expect(head).toMatch(/^\S{1,2}\*+\S?$/u);
    expect(await cards.printedText()).not.toMatch(/1[3-9]\d{9}/);
  });

  it('are noted as printed, and no longer listed', async () => {
    const before = await cards.unprinted();
    await cards.printAndMark();
    expect(await cards.unprinted()).toBe(before - (3 * CARDS_A_SHEET - 1));
  });

  it('are printed on one side where the printer has only one', async () => {
    await cards.choose(CARDS_A_SHEET + 1);
    await cards.withoutBacks();
    await cards.print();
    const file = join(folder, 'fronts.pdf');
    writeFileSync(file, await window.page.pdf({ preferCSSPageSize: true }));
    expect(runProgram('pdfinfo', [file]).output).toMatch(/Pages:\s+2\n/);
  });

  it('open the household’s page on any phone', async () => {
    const [first] = await cardsOnPaper(window.page, program.origin);
    const phone = await openWindow(browser, 'phone', program.origin);
    await phone.page.goto(first?.address ?? '');
    await phone.page.getByText(phoneWords.open.pin).waitFor();
    expect(phone.complaints).toEqual([]);
  });

  it('no screen complains or asks another host', () => {
    expect(window.complaints).toEqual([]);
  });
});

/** The cards on the sheets, in the order in which they are printed. */
async function cardsOnPaper(page: Page, origin: string): Promise<Printed[]> {
  const found = await page.locator('.sheet .page--front .place').evaluateAll((places) =>
    places.map((place) => ({
      number: place.getAttribute('data-number') ?? '',
      code: (/(?:\d{4} ){4}\d{4}/.exec(place.textContent)?.[0] ?? '').replaceAll(' ', ''),
    })),
  );
  return found.map((card) => ({ ...card, address: `${origin}/me/#c=${card.code}` }));
}

/** Expects each back behind its front, to a tenth of a millimetre, when the sheet is turned over its long edge. */
async function expectMirrored(page: Page): Promise<void> {
  await page.emulateMedia({ media: 'print' });
  const sides = await page.locator('.sheet .page').evaluateAll((pages) =>
    pages.map((sheet) => {
      const paper = sheet.getBoundingClientRect();
      const millimetre = paper.width / 210;
      return Array.from(sheet.querySelectorAll('.place'), (place) => {
        const { left, right, top } = place.getBoundingClientRect();
        const middle = (left + right) / 2 - paper.left;
        return {
          number: place.getAttribute('data-number') ?? '',
          x: middle / millimetre,
          y: (top - paper.top) / millimetre,
        };
      });
    }),
  );
  await page.emulateMedia({ media: null });
  expect(sides).toHaveLength(6);
  for (let sheet = 0; sheet < sides.length; sheet += 2) {
    const backs = new Map(sides[sheet + 1]?.map((place) => [place.number, place]));
    for (const front of sides[sheet] ?? []) {
      const back = backs.get(front.number);
      expect(back?.y).toBeCloseTo(front.y, 1);
      expect(back?.x).toBeCloseTo(210 - front.x, 1);
    }
  }
}
