import { onScopeDispose } from 'vue';

const GAP_MS = 80;
const SHORTEST = 8;

/**
 * A USB scanner types. Digits that come faster than anybody types, while no field is focused, are one code; its
 * Enter presses nothing. In a field they are text like any other, and the field decides.
 */
export function useTypedScan(onCode: (code: string) => void): void {
  let digits = '';
  let last = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function finish(): void {
    clearTimeout(timer);
    const code = digits;
    digits = '';
    if (code.length >= SHORTEST) onCode(code);
  }

  function pressed(event: KeyboardEvent): void {
    if (isField(event.target) || event.ctrlKey || event.altKey || event.metaKey) return;
    const isFast = event.timeStamp - last <= GAP_MS;
    last = event.timeStamp;
    if (/^\d$/.test(event.key)) {
      digits = isFast ? digits + event.key : event.key;
      clearTimeout(timer);
      timer = setTimeout(finish, 2 * GAP_MS);
    } else if ((event.key === 'Enter' || event.key === 'Tab') && isFast && digits.length >= SHORTEST) {
      event.preventDefault();
      event.stopPropagation();
      finish();
    }
  }

  document.addEventListener('keydown', pressed, true);
  onScopeDispose(() => {
    clearTimeout(timer);
    document.removeEventListener('keydown', pressed, true);
  });
}

function isField(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.matches('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]')
  );
}
