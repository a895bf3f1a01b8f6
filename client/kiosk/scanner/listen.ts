import type { ScanDetector, ScanEffects } from './detector.ts';
import { readKeyPress, type KeyPress } from './key-press.ts';

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
  let timer: number | undefined;
  let before: FieldSnapshot | null = null;
  /** The last key came without saying which it was (on-screen keyboards do this): its text will say. */
  let unnamedKey = false;
  let isReplaying = false;

  function apply(effects: ScanEffects): void {
    if (effects.typed !== '') replay(effects.typed);
    if (effects.recognised) before?.restore();
    if (effects.scan !== null) {
      const field = before;
      before = null;
      field?.restore();
      listener.onScan(effects.scan);
    }
    schedule();
  }

  function feed(press: KeyPress): ScanEffects {
    if (press.kind === 'char' && detector.dueAtMs() === null) before = snapshotField(page.document);
    const effects = detector.key(press);
    apply(effects);
    // What was held has just ended and this key begins anew.
    if (press.kind === 'char' && (effects.typed !== '' || effects.scan !== null))
      before = snapshotField(page.document);
    return effects;
  }

  function schedule(): void {
    page.clearTimeout(timer);
    const dueAtMs = detector.dueAtMs();
    if (dueAtMs === null) return;
    timer = page.setTimeout(
      () => apply(detector.tick(page.performance.now())),
      Math.max(0, dueAtMs - page.performance.now()) + 1,
    );
  }

  function replay(text: string): void {
    const field = focusedField(page.document);
    isReplaying = true;
    if (field) insertText(field, text);
    else {
      const target = page.document.activeElement ?? page.document.body;
      for (const key of text) {
        target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      }
    }
    isReplaying = false;
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (isReplaying) return;
    const press = readKeyPress(event);
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
    };
    if (feed(press).swallow) stop(event);
  }

  page.addEventListener('keydown', onKeyDown, true);
  page.addEventListener('keyup', onKeyUp, true);
  page.addEventListener('beforeinput', onBeforeInput, true);
  return () => {
    page.clearTimeout(timer);
    page.removeEventListener('keydown', onKeyDown, true);
    page.removeEventListener('keyup', onKeyUp, true);
    page.removeEventListener('beforeinput', onBeforeInput, true);
  };
}

function stop(event: Event): void {
  event.preventDefault();
  event.stopImmediatePropagation();
}

type TextField = HTMLInputElement | HTMLTextAreaElement;

const NOT_TEXT = new Set([
  'button',
  'checkbox',
  'radio',
  'range',
  'file',
  'submit',
  'reset',
  'color',
  'image',
]);

function focusedField(document: Document): TextField | null {
  const element = document.activeElement;
  if (element instanceof HTMLTextAreaElement) return element;
  if (element instanceof HTMLInputElement && !NOT_TEXT.has(element.type) && !element.readOnly) return element;
  return null;
}

function insertText(field: TextField, text: string): void {
  field.setRangeText(text, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}

interface FieldSnapshot {
  readonly restore: () => void;
}

/** Remembers the focused field, so that what an input method made of a scan can be taken out again. */
function snapshotField(document: Document): FieldSnapshot | null {
  const field = focusedField(document);
  if (!field) return null;
  const { value, selectionStart, selectionEnd } = field;
  return {
    restore() {
      if (field.value === value) return;
      // Leaving the field makes an input method let go of what it was composing.
      field.blur();
      field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.focus({ preventScroll: true });
      field.setSelectionRange(selectionStart, selectionEnd);
    },
  };
}
