import type { BrowserContext, Page } from 'playwright-core';

const NAME = 'test.clock';
/** A page that does something every few minutes does it this often here: days pass in minutes. */
const RARE_MS = 3 * 60_000;
const INSTEAD_MS = 4000;

interface Setting {
  /** A page that is loaded anew takes the newer of what it was opened with and what it was told since. */
  readonly serial: number;
  readonly aheadMs: number;
}

let serial = 0;

/** Shifts the clock of pages: of all that a browser will open, or of one that is open. */
export async function setPageClock(target: BrowserContext | Page, aheadMs: number): Promise<void> {
  serial += 1;
  const now: Setting = { serial, aheadMs };
  const isPage = 'goto' in target;
  if (isPage)
    await target.evaluate(([name, setting]) => localStorage.setItem(name, JSON.stringify(setting)), [
      NAME,
      now,
    ] as const);
  else
    await target.addInitScript(shiftClock, {
      name: NAME,
      opened: now,
      rareMs: RARE_MS,
      insteadMs: INSTEAD_MS,
    });
}

function shiftClock({
  name,
  opened,
  rareMs,
  insteadMs,
}: {
  name: string;
  opened: Setting;
  rareMs: number;
  insteadMs: number;
}): void {
  const now = Date.now.bind(Date);
  Date.now = () => {
    const told = JSON.parse(localStorage.getItem(name) ?? 'null') as Setting | null;
    return now() + (told !== null && told.serial > opened.serial ? told : opened).aheadMs;
  };
  const every = window.setInterval.bind(window);
  window.setInterval = ((run: TimerHandler, ms?: number, ...rest: unknown[]) =>
    every(run, ms !== undefined && ms >= rareMs ? insteadMs : ms, ...rest)) as typeof window.setInterval;
}
