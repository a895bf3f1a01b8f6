import { type Ref, shallowRef } from 'vue';

/** The server's clock as this device knows it. */
export interface ServerClock {
  /** Notes the time that the server told. The answer took so long on both ways together. */
  readonly hear: (serverMs: number, roundTripMs?: number) => void;
  /** The server's clock minus the device's, in whole milliseconds; null: it was never heard. */
  readonly offsetMs: () => number | null;
  /** The same as it was when it was last heard or looked at, for screens. */
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
/** Two clocks never run quite alike. */
const JUMP_MS = 60_000;

export function createServerClock({ storage, now, steady }: ServerClockParts): ServerClock {
  const kept = keptOffset(storage);
  let heard = kept === null ? null : { offsetMs: kept, nowMs: now(), steadyMs: steady() };
  const seen = shallowRef(kept);

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

  return {
    seen,
    hear(serverMs, roundTripMs = 0) {
      heard = {
        offsetMs: Math.round(serverMs + roundTripMs / 2 - now()),
        nowMs: now(),
        steadyMs: steady(),
      };
      seen.value = heard.offsetMs;
      storage.setItem(NAME, String(heard.offsetMs));
    },
    offsetMs,
  };
}

function keptOffset(storage: ServerClockParts['storage']): number | null {
  const text = storage.getItem(NAME);
  const offset = Number(text ?? '');
  return text !== null && text !== '' && Number.isSafeInteger(offset) ? offset : null;
}
