/**
 * The meaning of one keydown for the scan detector. A scanner presses the physical keys of an English keyboard, so
 * the physical key (`code`) decides, not the character an input method or another layout would make of it.
 */
export interface KeyPress {
  /** `modifier` keys are part of whatever is going on; `other` keys (arrows, Backspace, shortcuts) end it. */
  readonly kind: 'char' | 'end' | 'modifier' | 'other';
  /** The character a scanner meant; for `char` only. */
  readonly scanned: string;
  /** The character a person meant, as the keyboard's own layout says; for `char` only. */
  readonly typed: string;
  /** An input method has already taken this key: it cannot be held back, only undone. */
  readonly taken: boolean;
  /** A key held down repeats; a scanner never does. */
  readonly repeat: boolean;
  /** When it was pressed, by the computer's clock: exact however busy the page is. */
  readonly atMs: number;
  /** When the page got to see it. */
  readonly seenMs: number;
}

/** The part of a KeyboardEvent that matters. */
export interface KeyboardLike {
  readonly code: string;
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  readonly repeat: boolean;
  readonly timeStamp: number;
  /** Old, but the only sign some browsers give that an input method has taken a key. */
  readonly keyCode: number;
}

const MODIFIERS = new Set([
  'Shift',
  'CapsLock',
  'NumLock',
  'ScrollLock',
  'Control',
  'Alt',
  'AltGraph',
  'Meta',
  'Fn',
  'FnLock',
  'KanaMode',
  'ModeChange',
]);
const ENDS = new Set(['Enter', 'NumpadEnter', 'Tab']);
/** The `keyCode` browsers give a key that an input method handles. */
const TAKEN_KEY_CODE = 229;

export function readKeyPress(event: KeyboardLike, seenMs: number): KeyPress {
  const press = (kind: KeyPress['kind'], scanned = '', typed = ''): KeyPress => ({
    kind,
    scanned,
    typed,
    taken: event.isComposing || event.key === 'Process' || event.keyCode === TAKEN_KEY_CODE,
    repeat: event.repeat,
    atMs: event.timeStamp,
    seenMs,
  });
  if (MODIFIERS.has(event.key)) return press('modifier');
  if (event.ctrlKey || event.altKey || event.metaKey) return press('other');
  if (ENDS.has(event.code) || ENDS.has(event.key)) return press('end');
  const typed = printable(event.key);
  const scanned = fromCode(event.code, event.shiftKey) ?? typed?.normalize('NFKC');
  if (scanned === undefined) return press('other');
  return press('char', scanned, typed ?? scanned);
}

/** The character of a `key`, or undefined for named keys such as "Backspace", "Process", "Unidentified". */
function printable(key: string): string | undefined {
  return Array.from(key).length === 1 && key !== ' ' ? key : undefined;
}

const SHIFTED_DIGITS = ')!@#$%^&*(';
const PUNCTUATION: Readonly<Record<string, readonly [plain: string, shifted: string]>> = {
  Minus: ['-', '_'],
  Equal: ['=', '+'],
  Semicolon: [';', ':'],
  Slash: ['/', '?'],
  Period: ['.', '>'],
  Comma: [',', '<'],
};

/** The character an English keyboard has on this physical key, for the keys that codes and web addresses need. */
function fromCode(code: string, shift: boolean): string | undefined {
  const digit = /^(Digit|Numpad)(\d)$/.exec(code);
  if (digit) return shift && digit[1] === 'Digit' ? SHIFTED_DIGITS[Number(digit[2])] : digit[2];
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter !== undefined) return shift ? letter : letter.toLowerCase();
  return PUNCTUATION[code]?.[shift ? 1 : 0];
}
