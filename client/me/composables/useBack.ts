import { onBeforeUnmount, watch, type WatchSource } from 'vue';

/** The layers over the first page, the topmost last: how each is closed. */
const layers: (() => void)[] = [];
let closed = 0;
let ours = 0;

// A closed layer does not come back to where it was scrolled to, because another page stands there now.
history.scrollRestoration = 'manual';
window.addEventListener('popstate', () => {
  // A card's QR opened on the page is a step forward, not back.
  if (location.hash.startsWith('#c=')) return;
  if (ours > 0) ours -= 1;
  else layers.pop()?.();
});

/** The phone's back button closes what lies over the first page, as everybody expects, and only then leaves. */
export function useBack(isOpen: WatchSource<boolean>, close: () => void): void {
  watch(
    isOpen,
    (now) => {
      if (!now) {
        drop(close);
        return;
      }
      layers.push(close);
      history.pushState(null, '');
    },
    { immediate: true, flush: 'sync' },
  );
  onBeforeUnmount(() => drop(close));
}

/** Closed by a button of its own: its step is taken out of the history, several at once in one go. */
function drop(close: () => void): void {
  const at = layers.indexOf(close);
  if (at < 0) return;
  layers.splice(at, 1);
  closed += 1;
  if (closed > 1) return;
  void Promise.resolve().then(() => {
    ours += 1;
    history.go(-closed);
    closed = 0;
  });
}
