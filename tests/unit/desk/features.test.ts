import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { handoverItem } from '../../../client/desk/handovers/home-item.ts';
import { FEATURES } from '../../../client/desk/features.ts';
import type { Feature, HomeFacts } from '../../../client/desk/shell/feature-contract.ts';
import { placesOf, withChildren } from '../../../client/desk/shell/places.ts';
import budget from '../../../client/desk/budget/locales/zh-CN.ts';
import share from '../../../client/desk/share/locales/zh-CN.ts';
import printers from '../../../client/desk/printers/locales/zh-CN.ts';
import shell from '../../../client/desk/shell/locales/zh-CN.ts';
import english from '../../../client/desk/shell/english.ts';
import { routesOf } from '../../../client/desk/shell/router.ts';

const desk = join(import.meta.dirname, '..', '..', '..', 'client', 'desk');
const folders = readdirSync(desk).filter((name) => existsSync(join(desk, name, 'feature.ts')));
const twice = (names: readonly string[]) => names.filter((name, index) => names.indexOf(name) !== index);

describe('the features of the desk', () => {
  it('are the folders that hold one, each listed once under its name', () => {
    expect(folders.length).toBeGreaterThan(15);
    expect(FEATURES.map(({ name }) => name).sort()).toEqual(folders.sort());
  });

  it('bring sections of words that no other has, in English too', () => {
    // The words of the share pages, of the printer and of the budget come with their pages.
    const catalogues = [shell, share, printers, budget, ...FEATURES.map(({ chinese }) => chinese)];
    const sections = catalogues.flatMap((words) => Object.keys(words));
    expect(twice(sections)).toEqual([]);
    expect(Object.keys(english).sort()).toEqual(sections.sort());
  });

  it('bring pages by names and paths that no other has', () => {
    const routes = withChildren(routesOf(FEATURES));
    expect(twice(routes.map(({ name }) => String(name)))).toEqual([]);
    expect(twice(routes.map(({ path }) => path))).toEqual([]);
  });

  it('have a place whose page may be opened by whoever sees the place', () => {
    const routes = new Map(withChildren(routesOf(FEATURES)).map((route) => [route.name, route]));
    for (const { name, needs, pages } of placesOf(FEATURES)) {
      expect(pages, name).toContain(name);
      expect([needs, undefined], name).toContain(routes.get(name)?.meta?.needs);
    }
    const within = FEATURES.flatMap((feature) => feature.within ?? []);
    expect(placesOf(FEATURES).map(({ name }) => name)).toEqual(expect.arrayContaining(within));
  });

  it('ask for a permission on every page but those that stand open and those of one’s own', () => {
    const open = withChildren(routesOf(FEATURES)).filter(
      ({ meta }) => meta?.needs === undefined && meta?.public !== true,
    );
    expect(open.map(({ name }) => name)).toEqual(['home', 'password', 'settings', 'nowhere']);
  });

  it('stand in the menu every day’s first, in the order of the list, each with the pages that lie in it', () => {
    const place = (group: 'daily' | 'village') => ({
      icon: 'home',
      needs: 'village.read',
      group,
      label: 'desk.title',
    });
    const page = (name: string) => ({ path: `/${name}`, name, component: {} });
    const made = [
      { name: 'roads', chinese: {}, routes: [page('roads')], place: place('village') },
      { name: 'wishes', chinese: {}, routes: [page('wishes'), page('wish')], place: place('daily') },
      { name: 'wishCards', chinese: {}, routes: [page('wishCards')], within: 'wishes' },
      { name: 'posts', chinese: {}, routes: [page('posts')], place: place('daily') },
    ] as unknown as Feature[];
    expect(placesOf(made).map(({ name, pages }) => [name, ...pages])).toEqual([
      ['wishes', 'wishes', 'wish', 'wishCards'],
      ['posts', 'posts'],
      ['roads', 'roads'],
    ]);
  });
});

describe('the home page', () => {
  const nothing = {
    movedAddress: null,
    handover: null,
    notices: { deeds: 0, toReview: 0, toPutUp: 0 },
    recheck: null,
    reminders: 0,
    objections: { forMe: 0, atRisk: 0, overdue: 0, appeals: 0 },
    rounds: { toMark: 0, toClose: 0 },
    reports: { forMe: 0 },
    workdays: { open: 0 },
    unconfirmedStaff: 0,
    lateRows: 0,
    keysToConfirm: 0,
    volunteersToConfirm: 0,
    stillShared: null,
    changesForMe: 0,
    waitingForMe: 0,
    returnedToMe: 0,
    soldOut: 0,
    setup: { opening: true },
    entries: 0,
    beganAtMs: null,
    lastVerification: null,
  };
  const shown = (summary: object, { may = true } = {}) => {
    const home = {
      summary: { ...nothing, ...summary },
      mayDo: () => may,
      t: (key: string) => key,
      since: () => '5 天前',
      day: (isoDay: string) => isoDay,
    } as unknown as HomeFacts;
    return FEATURES.flatMap(({ homeItems }) => homeItems?.(home) ?? []).map(({ name }) => name);
  };

  it('has nothing to do where nothing waits', () => {
    expect(shown({})).toEqual([]);
  });

  it('shows what each feature has for this person, in their order', () => {
    const waiting = { waitingForMe: 2, returnedToMe: 1, soldOut: 3, entries: 9, beganAtMs: 1 };
    expect(shown(waiting)).toEqual(['pile', 'returned', 'soldOut', 'verify']);
    // Before the opening an empty shelf is no news, and the opening itself waits.
    expect(shown({ ...waiting, setup: { opening: false } })).toEqual([
      'pile',
      'returned',
      'verify',
      'opening',
    ]);
    expect(shown(waiting, { may: false })).toEqual(['pile', 'returned']);
  });

  it('tells of a changed address whoever may choose another, and nobody else', () => {
    const moved = { movedAddress: { was: 'http://192.168.1.10:8080', now: 'http://192.168.1.23:8080' } };
    expect(shown(moved)).toEqual(['address']);
    expect(shown({ movedAddress: { ...moved.movedAddress, now: null } })).toEqual(['address']);
    expect(shown(moved, { may: false })).toEqual([]);
  });

  it('tells of volunteers who wait for this person to confirm them', () => {
    expect(shown({ volunteersToConfirm: 1 })).toEqual(['volunteers']);
    expect(shown({ lateRows: 2 })).toEqual(['outbox']);
    expect(shown({ keysToConfirm: 1 })).toEqual(['outbox-keys']);
  });

  it('tells of re-checks that are to be drawn or looked at whoever may do that', () => {
    const recheck = { missing: '2026-11', open: 2, openIn: '2026-10' };
    expect(shown({ recheck })).toEqual(['recheckMissing', 'recheckOpen']);
    expect(shown({ recheck: { ...recheck, missing: null } })).toEqual(['recheckOpen']);
    expect(shown({ recheck }, { may: false })).toEqual([]);
  });

  it('tells of a hand-over whoever has to sign it or may make one, and nobody else', () => {
    const handover = { id: 'h', from: '王德明', to: '赵秀兰', dueOn: '2026-12-11', isOverdue: false };
    expect(shown({ handover: { ...handover, waitsForMe: true } }, { may: false })).toEqual(['handover']);
    expect(shown({ handover: { ...handover, waitsForMe: false } })).toEqual(['handover']);
    expect(shown({ handover: { ...handover, waitsForMe: false } }, { may: false })).toEqual([]);
  });

  it('tells of notices whoever makes, puts up or signs them, and nobody else', () => {
    const notices = { deeds: 3, toReview: 1, toPutUp: 0 };
    expect(shown({ notices })).toEqual(['notices-deeds', 'notices-toReview']);
    expect(shown({ notices }, { may: false })).toEqual([]);
  });

  it('says the last day of a hand-over as the page says days', () => {
    const day = () => '12月11日';
    const t = ((key: string, words?: { day?: string }) => [key, words?.day].join(' ')) as HomeFacts['t'];
    const handover = { id: 'h', from: '王德明', to: '赵秀兰', dueOn: '2026-12-11', waitsForMe: true };
    const more = (isOverdue: boolean) => handoverItem({ ...handover, isOverdue }, { t, day }).more;
    expect([more(false), more(true)]).toEqual([
      'handovers.home.due 12月11日',
      'handovers.home.late 12月11日',
    ]);
  });

  it('is calm while a village begins: its first verification comes by itself', () => {
    const began = (agoMs: number) => shown({ entries: 3, beganAtMs: Date.now() - agoMs });
    expect(began(600_000)).toEqual([]);
    expect(began(4 * 86_400_000)).toEqual(['verify']);
  });

  it('asks for a verification that failed or is old, and not for one of today', () => {
    const verified = (ok: boolean, finishedAtMs: number) =>
      shown({ entries: 9, lastVerification: { ok, finishedAtMs } });
    expect(verified(true, Date.now())).toEqual([]);
    expect(verified(false, Date.now())).toEqual(['verify']);
    expect(verified(true, Date.now() - 4 * 86_400_000)).toEqual(['verify']);
  });
});
