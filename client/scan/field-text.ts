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

/** Types a person's text: into the focused field, or as keys to whatever else is focused. */
export function typeInto(document: Document, text: string): void {
  const field = focusedField(document);
  if (field) {
    insertText(field, text);
    return;
  }
  pressKeys(document, Array.from(text));
}

/** Takes typed characters out again, where no field was focused. */
export function eraseFrom(document: Document, count: number): void {
  pressKeys(
    document,
    Array.from({ length: count }, () => 'Backspace'),
  );
}

function pressKeys(document: Document, keys: readonly string[]): void {
  const target = document.activeElement ?? document.body;
  for (const key of keys) {
    target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  }
}

function insertText(field: TextField, text: string): void {
  field.setRangeText(text, field.selectionStart ?? 0, field.selectionEnd ?? 0, 'end');
  field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText', data: text }));
}

export interface FieldSnapshot {
  readonly restore: () => void;
}

/** Remembers the focused field, so that what an input method made of a scan can be taken out again. */
export function snapshotField(document: Document): FieldSnapshot | null {
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
