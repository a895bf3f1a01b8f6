import type { Page } from 'playwright-core';

export type Place = 'waiting' | 'serving' | 'done' | 'checking' | 'sign-in' | 'locked' | 'aside' | 'other';

/** The screen of a kiosk as a person sees it at one moment. */
export interface Seen {
  readonly place: Place;
  /** The household on the screen; empty: none. */
  readonly household: string;
  readonly lines: readonly { readonly name: string; readonly pieces: number }[];
  readonly heading: string;
  readonly isUndone: boolean;
  /** The words of the whole page, to say where somebody is stuck. */
  readonly text: string;
}

/** A page that is just being loaded shows nothing. */
export async function look(page: Page): Promise<Seen> {
  return page.evaluate(seen).catch(() => NOTHING);
}

const NOTHING: Seen = { place: 'other', household: '', lines: [], heading: '', isUndone: false, text: '' };

function seen(): Seen {
  const one = (where: string) => document.querySelector(where);
  const text = document.body.innerText;
  const words = (where: string) => one(where)?.textContent.trim() ?? '';
  const numberIn = (where: string) => /户号\s*(\d+)/.exec(words(where))?.[1] ?? '';
  const linesOf = (row: string, pieces: string) =>
    [...document.querySelectorAll(row)].map((line) => ({
      name: line.querySelector('.name')?.textContent.trim() ?? '',
      pieces: Number.parseInt(line.querySelector(pieces)?.textContent.trim() ?? '', 10),
    }));
  const nothing = { household: '', lines: [], heading: words('h1'), isUndone: false, text };
  if (one('.done .whom')) {
    const heading = words('.done h1');
    const household = numberIn('.done .whom');
    const lines = linesOf('.done .lines li', '.figures');
    return { ...nothing, place: 'done', household, lines, heading, isUndone: heading.includes('撤销') };
  }
  if (one('.serve:has(.goods-card)')) {
    const lines = linesOf('.serve .list li', 'output');
    return { ...nothing, place: 'serving', household: numberIn('.serve .person'), lines };
  }
  if (one('.wait') && text.includes('请刷卡')) return { ...nothing, place: 'waiting' };
  if (one('.checking')) return { ...nothing, place: 'checking' };
  if (one('.sign-in')) return { ...nothing, place: 'sign-in' };
  if (one('.locked')) return { ...nothing, place: 'locked' };
  if (one('main.aside')) return { ...nothing, place: 'aside' };
  return { ...nothing, place: 'other' };
}
