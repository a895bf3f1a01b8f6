import type { ScanDetector, ScanEffects } from './detector.ts';
import { eraseFrom, snapshotField, typeInto, type FieldSnapshot } from './field-text.ts';
import { readKeyPress, type KeyPress } from './key-press.ts';

const LATE_MS = 20;

export interface ScanListener {
  /** A scanner has read a code. */
  readonly onScan: (text: string) => void;
}

/**
 * Connects a scan detector to the page: sees every key before anything else does, keeps scans from buttons,
 * fields and dialogs, and types what turns out to be a person's keys. Returns the function that stops it.
 */
export function listenForScans(page: Window, detector: ScanDetector, listener: ScanListener): () => void {
  const swallowedCodes = new Set<string>();
  let before: FieldSnapshot | null = null;
  /** The last key came without saying which it was (on-screen keyboards do this): its text will say. */
  let unnamedKey = false;
  let isReplaying = false;

  const alarm = createAlarm(page, detector, (nowMs) => apply(detector.tick(nowMs)));

  function apply(effects: ScanEffects): void {
    if (effects.typed !== '') replay(effects.typed);
    if (effects.recognised) before?.restore();
    if (effects.scan !== null) {
      // Kept after that: more keys of this scan may still come, from an input method too.
      before?.restore();
      listener.onScan(effects.scan);
    }
    alarm.set();
  }

  function feed(press: KeyPress): ScanEffects {
    const effects = detector.key(press);
    if (effects.recall > 0) takeBack(effects.recall);
    apply(effects);
    // Only now: what was held before this key has just been typed, or taken out again.
    if (effects.begins) before = snapshotField(page.document);
    return effects;
  }

  function replay(text: string): void {
    isReplaying = true;
    typeInto(page.document, text);
    isReplaying = false;
  }

  function takeBack(count: number): void {
    isReplaying = true;
    if (before) before.restore();
    else eraseFrom(page.document, count);
    isReplaying = false;
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (isReplaying) return;
    const press = readKeyPress(event, page.performance.now());
    unnamedKey = event.code === '' && (press.taken || event.key === 'Unidentified');
    if (unnamedKey || !feed(press).swallow) return;
    swallowedCodes.add(event.code);
    stop(event);
  }

  function onKeyUp(event: KeyboardEvent): void {
    if (swallowedCodes.delete(event.code)) stop(event);
  }

  function onBeforeInput(event: InputEvent): void {
    if (isReplaying || !unnamedKey || event.inputType !== 'insertText') return;
    const text = (event.data ?? '').normalize('NFKC');
    if (!/^[!-~]$/.test(text)) return;
    const press: KeyPress = {
      kind: 'char',
      scanned: text,
      typed: text,
      taken: false,
      repeat: false,
      atMs: event.timeStamp,
      seenMs: page.performance.now(),
    };
    if (feed(press).swallow) stop(event);
  }

  page.addEventListener('keydown', onKeyDown, true);
  page.addEventListener('keyup', onKeyUp, true);
  page.addEventListener('beforeinput', onBeforeInput, true);
  return () => {
    alarm.stop();
    page.removeEventListener('keydown', onKeyDown, true);
    page.removeEventListener('keyup', onKeyUp, true);
    page.removeEventListener('beforeinput', onBeforeInput, true);
  };
}

/** Rings when the detector is due. One that comes late may have overtaken keys that were pressed in time: those go first. */
function createAlarm(page: Window, detector: ScanDetector, ring: (nowMs: number) => void) {
  let timer: number | undefined;

  function set(): void {
    page.clearTimeout(timer);
    const dueAtMs = detector.dueAtMs();
    if (dueAtMs === null) return;
    const inMs = Math.max(0, dueAtMs - page.performance.now()) + 1;
    timer = page.setTimeout(() => {
      const nowMs = page.performance.now();
      if (nowMs - dueAtMs <= LATE_MS) ring(nowMs);
      else timer = page.setTimeout(() => ring(page.performance.now()), LATE_MS);
    }, inMs);
  }

  return { set, stop: () => page.clearTimeout(timer) };
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}
