import { IDLE_LIMIT_MS } from './idle-limit.ts';
import type { Kiosk } from './create-kiosk.ts';
import type { Station } from './composables/station.ts';

/** Nobody is served, asked or signing in, nothing is on its way to the server or the printer, and no dialog is open. */
export function isAtRest(
  station: Pick<Station, 'isSigningIn'>,
  { counter, statements, returns, printer }: Pick<Kiosk, 'counter' | 'statements' | 'returns' | 'printer'>,
): boolean {
  const { place, overlay } = counter.state;
  const isFree = place.at === 'waiting' || place.at === 'shut';
  const isOver = overlay.dialog !== null || overlay.isHistoryOpen || statements.view.value !== 'closed';
  // Somebody brings goods back, or an answer about them is still to come.
  const isReturning = returns.view.value !== 'closed';
  return isFree && !isOver && !isReturning && !station.isSigningIn.value && printer.paper.value === null;
}

const TOUCHES = ['pointerdown', 'keydown', 'wheel', 'touchmove'] as const;

/** Tells whether nobody has touched the page for as long as the counter takes to clear itself. */
export function watchTouches(page: Pick<Window, 'addEventListener'>, now: () => number): () => boolean {
  let touchedAtMs = now();
  const touched = () => (touchedAtMs = now());
  // In the capture phase: a scanner's keys go no further.
  for (const type of TOUCHES) page.addEventListener(type, touched, { capture: true, passive: true });
  // A clock that was set back is not waited for.
  return () => Math.abs(now() - touchedAtMs) > IDLE_LIMIT_MS;
}
