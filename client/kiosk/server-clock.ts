import { type Ref, shallowRef } from 'vue';

/** The server's clock as this device knows it. */
export interface ServerClock {
  /** Notes the time that the server told. The answer took so long on both ways together. */
  readonly hear: (serverMs: number, roundTripMs?: number) => void;
  /** The server's clock minus the device's, in whole milliseconds; null: it was never heard. */
  readonly offsetMs: () => number | null;
  /**
   * The server's time as far as this device believes its own clock: what a day's amounts are counted by. Within a page it runs
   * with the page's own clock alone, and it begins no earlier than the newest time that the server told.
   */
  readonly serverMs: () => number;
  /** The offset as it was when it was last heard or looked at, for screens. */
  readonly seen: Readonly<Ref<number | null>>;
}

interface ServerClockParts {
  readonly storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** The device's clock, which people set. */
  readonly now: () => number;
  /** A clock of this page that nobody sets (performance.now). */
  readonly steady: () => number;
}

const NAME = 'jishan.kiosk.clock';
const NEWEST = 'jishan.kiosk.server-time';
/** Two clocks never run quite alike. */
const JUMP_MS = 60_000;

export function createServerClock({ storage, now, steady }: ServerClockParts): ServerClock {
  const newestMs = keptNumber(storage, NEWEST) ?? Number.NEGATIVE_INFINITY;
  const kept = keptNumber(storage, NAME);
  // A clock that was set back while no page was open shows a time before the newest that the server told.
  const isSetBack = kept !== null && now() + kept < newestMs - JUMP_MS;
  const offset = isSetBack ? Math.round(newestMs - now()) : kept;
  let heard = offset === null ? null : { offsetMs: offset, nowMs: now(), steadyMs: steady() };
  const seen = shallowRef(offset);
  let anchor = { serverMs: Math.max(now() + (offset ?? 0), newestMs), steadyMs: steady(), isHeard: false };
  let notedMs = newestMs;

  /**
   * A clock that stays behind this page's own was set back meanwhile. One that runs ahead of it may have been set, or the
   * device has slept: nobody knows, so the offset stays until the server is heard again.
   */
  function offsetMs(): number | null {
    if (heard !== null) {
      const behindMs = steady() - heard.steadyMs - (now() - heard.nowMs);
      if (behindMs > JUMP_MS)
        heard = { offsetMs: Math.round(heard.offsetMs + behindMs), nowMs: now(), steadyMs: steady() };
    }
    seen.value = heard?.offsetMs ?? null;
    return seen.value;
  }

  function note(serverMs: number): void {
    notedMs = serverMs;
    storage.setItem(NEWEST, String(Math.round(serverMs)));
  }

  function serverMs(): number {
    const ms = anchor.serverMs + steady() - anchor.steadyMs;
    // A time that rests on the device's clock is no floor for the next page.
    if (anchor.isHeard && ms - notedMs >= JUMP_MS) note(ms);
    return ms;
  }

  return {
    seen,
    hear(toldMs, roundTripMs = 0) {
      const nowServerMs = toldMs + roundTripMs / 2;
      heard = { offsetMs: Math.round(nowServerMs - now()), nowMs: now(), steadyMs: steady() };
      seen.value = heard.offsetMs;
      storage.setItem(NAME, String(heard.offsetMs));
      anchor = { serverMs: nowServerMs, steadyMs: steady(), isHeard: true };
      note(nowServerMs);
    },
    ...{ offsetMs, serverMs },
  };
}

function keptNumber(storage: ServerClockParts['storage'], name: string): number | null {
  const text = storage.getItem(name);
  const number = Number(text ?? '');
  return text !== null && text !== '' && Number.isSafeInteger(number) ? number : null;
}
