import type { KeyPress } from './key-press.ts';

/**
 * Tells a scanner that types from a person who types, by timing alone: at least four characters hardly more than
 * 50 ms apart, ended by Enter, Tab or nothing. Characters are held back until it is clear who sent them: a
 * scan is reported once and its keys never reach the page; a person's keys are handed back to be typed.
 *
 * Pure: time comes in with the keys and with `tick`. The page's part is in listen.ts.
 */
export interface ScanEffects {
  /** Keep this key from the page. */
  readonly swallow: boolean;
  /** Text a person typed, to be typed into the page before the key at hand. */
  readonly typed: string;
  /** So many characters handed back before were a scan's after all: to be taken out again. */
  readonly recall: number;
  /** A finished scan. */
  readonly scan: string | null;
  /** A scan has just been recognised: undo what an input method may have let through. */
  readonly recognised: boolean;
  /** The first key of what may be a scan: what the page has now, before that key, is what a scan leaves. */
  readonly begins: boolean;
}

export interface ScanDetector {
  readonly key: (press: KeyPress) => ScanEffects;
  /** To be called when it is due. */
  readonly tick: (nowMs: number) => ScanEffects;
  /** When `tick` is due; null when nothing is held. */
  readonly dueAtMs: () => number | null;
}

export const SCAN_TIMING = {
  /**
   * Longest pause between the first characters of a scan: by these it is recognised. Slow scanners leave 50 ms,
   * give or take what the cable's own clock adds.
   */
  gapMs: 55,
  /** Longest pause once it is recognised: a slow or busy computer must not cut a code in two. */
  carryMs: 120,
  /** Shortest code. */
  minLength: 4,
  /** Longest code that makes sense (a web address in a QR code); what is longer is dropped. */
  maxLength: 200,
  /** Silence after which a person's keys are handed back; and after which a scan without an end key is finished. */
  typedSettleMs: 80,
  scanSettleMs: 150,
  /** However slow the page, nobody's keys wait longer than this on top. */
  longestLagMs: 500,
  /** An end key that comes this soon after a scan still belongs to it. */
  trailMs: 300,
};

export function createScanDetector(timing = SCAN_TIMING): ScanDetector {
  let held: KeyPress[] = [];
  /** Keys that a tick closed for want of more, in case more turn out to have been pressed in time, before that tick. */
  let closedEarly: KeyPress[] = [];
  let closedAtMs = Number.NEGATIVE_INFINITY;
  let lastAtMs = Number.NEGATIVE_INFINITY;
  let lastSeenMs = Number.NEGATIVE_INFINITY;
  /** How far behind the keyboard the page has been lately: that much longer is waited for the next key. */
  let lagMs = 0;
  let scanEndedAtMs = Number.NEGATIVE_INFINITY;

  const isScan = () => held.length >= timing.minLength;
  const longestGapMs = () => {
    const keys = held.length > 0 ? held : closedEarly;
    return keys.length >= timing.minLength ? timing.carryMs : timing.gapMs;
  };
  const dueAtMs = () => lastSeenMs + lagMs + (isScan() ? timing.scanSettleMs : timing.typedSettleMs);

  /** Ends what is held: a scan is reported, a person's keys are handed back. */
  function close(): { typed: string; scan: string | null } {
    const keys = held;
    held = [];
    if (keys.length < timing.minLength)
      return { typed: keys.map((key) => (key.taken ? '' : key.typed)).join(''), scan: null };
    scanEndedAtMs = lastAtMs;
    return {
      typed: '',
      scan: keys.length > timing.maxLength ? null : keys.map((key) => key.scanned).join(''),
    };
  }

  function onChar(press: KeyPress): ScanEffects {
    if (press.repeat) {
      if (isScan() && press.atMs - lastAtMs <= longestGapMs()) return effects({ swallow: true });
      return effects({ ...close(), swallow: false });
    }
    const isLate = press.atMs - lastAtMs > longestGapMs();
    const before = isLate ? close() : nothing;
    const recalled = isLate || press.atMs > closedAtMs ? [] : closedEarly;
    const wasTyped = recalled.length < timing.minLength;
    closedEarly = [];
    held.push(...recalled, press);
    lastAtMs = press.atMs;
    lastSeenMs = press.seenMs;
    lagMs = Math.min(timing.longestLagMs, Math.max(press.seenMs - press.atMs, lagMs * 0.9));
    return effects({
      ...before,
      recall: wasTyped ? recalled.filter((key) => !key.taken).length : 0,
      swallow: isScan() || !press.taken,
      recognised: held.length === timing.minLength,
      begins: held.length === 1,
    });
  }

  function onEnd(press: KeyPress): ScanEffects {
    const scanAtMs = isScan() ? lastAtMs : scanEndedAtMs;
    const belongs = press.atMs - scanAtMs <= timing.trailMs;
    const closed = close();
    if (belongs) scanEndedAtMs = press.atMs;
    return effects({ ...closed, swallow: belongs });
  }

  return {
    key(press) {
      if (press.kind === 'modifier') return effects({});
      if (press.kind === 'char') return onChar(press);
      closedEarly = [];
      if (press.kind === 'end') return onEnd(press);
      return effects(close());
    },
    tick(nowMs) {
      if (held.length === 0 || nowMs < dueAtMs()) return effects({});
      closedEarly = held;
      closedAtMs = nowMs;
      return effects(close());
    },
    dueAtMs: () => (held.length === 0 ? null : dueAtMs()),
  };
}

const nothing = { typed: '', scan: null };

function effects(part: Partial<ScanEffects>): ScanEffects {
  return { swallow: false, typed: '', recall: 0, scan: null, recognised: false, begins: false, ...part };
}
