import { describe, expect, it } from 'vitest';
import { keepPage } from '../../../client/service-worker/kept-page.ts';
import { TAKE_OVER } from '../../../client/service-worker/take-over.ts';

type Answer = 'registered' | 'refused';

/** A browser with service workers, as a page sees it. `tick` lets the time pass that the page waits for. */
function open({ isKept = false, answers = ['registered'] as Answer[] } = {}) {
  const told: unknown[] = [];
  const timers: (() => void)[] = [];
  const registered: unknown[][] = [];
  let changed: () => void = () => undefined;
  let isFree = true;
  let updates = 0;
  let reloads = 0;
  let updateFails = false;
  const registration = {
    waiting: null as { postMessage: (said: unknown) => void } | null,
    update: () => {
      updates += 1;
      return updateFails ? Promise.reject(new TypeError('no such worker')) : Promise.resolve();
    },
  };
  const workers = {
    controller: isKept ? {} : null,
    register: (...asked: unknown[]) => {
      registered.push(asked);
      return answers.shift() === 'refused'
        ? Promise.reject(new TypeError('404'))
        : Promise.resolve(registration);
    },
    addEventListener: (_type: string, listener: () => void) => (changed = listener),
  };
  keepPage({
    face: 'kiosk',
    workers: workers as never,
    mayReload: () => isFree,
    reload: () => (reloads += 1),
    every: (run) => timers.push(run),
  });
  return {
    told,
    registered,
    get updates() {
      return updates;
    },
    get reloads() {
      return reloads;
    },
    set isFree(is: boolean) {
      isFree = is;
    },
    set updateFails(does: boolean) {
      updateFails = does;
    },
    newBuild() {
      registration.waiting = { postMessage: (said) => told.push(said) };
    },
    /** Another worker serves the page from now on. */
    takesOver() {
      registration.waiting = null;
      changed();
    },
    async tick() {
      await Promise.resolve();
      for (const run of timers) run();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe('a page that is kept', () => {
  it('is registered for all paths of its face, past the browser’s cache', async () => {
    const page = open();
    await page.tick();
    expect(page.registered).toEqual([['/kiosk/worker.js', { scope: '/kiosk', updateViaCache: 'none' }]]);
    expect([page.told, page.reloads]).toEqual([[], 0]);
  });

  it('is not reloaded for the first worker of all: that brings the build it is', async () => {
    const page = open();
    await page.tick();
    page.takesOver();
    await page.tick();
    expect(page.reloads).toBe(0);
    page.takesOver();
    expect(page.reloads).toBe(1);
  });

  it('asks for a newer build every quarter of an hour, and bears that it cannot be had', async () => {
    const page = open({ isKept: true });
    await page.tick();
    expect(page.updates).toBe(1);
    page.updateFails = true;
    await page.tick();
    await page.tick();
    expect([page.updates, page.reloads, page.told]).toEqual([3, 0, []]);
  });

  it('lets a newer build take over when nobody is served, and only then', async () => {
    const page = open({ isKept: true });
    await page.tick();
    page.isFree = false;
    page.newBuild();
    await page.tick();
    expect(page.told).toEqual([]);
    page.isFree = true;
    await page.tick();
    expect(page.told).toEqual([TAKE_OVER]);
    page.takesOver();
    expect(page.reloads).toBe(1);
  });

  it('goes on as it is where somebody came in between, and is reloaded when they have gone', async () => {
    const page = open({ isKept: true });
    await page.tick();
    page.newBuild();
    await page.tick();
    page.isFree = false;
    page.takesOver();
    await page.tick();
    expect(page.reloads).toBe(0);
    page.isFree = true;
    await page.tick();
    expect(page.reloads).toBe(1);
  });

  it('tries again where it could not be registered', async () => {
    const page = open({ answers: ['refused', 'registered'] });
    await page.tick();
    await page.tick();
    expect(page.registered).toHaveLength(2);
    expect(page.updates).toBe(1);
  });

  it('asks for nothing where the browser keeps no pages', () => {
    const timers: unknown[] = [];
    keepPage({
      face: 'kiosk',
      workers: undefined,
      mayReload: () => true,
      reload: () => expect.unreachable(),
      every: (run) => timers.push(run),
    });
    expect(timers).toEqual([]);
  });
});
