/** How long a household's data may stand on the screen unattended, and how long of that it says so. */
export const IDLE_LIMIT_MS = 60_000;
export const IDLE_WARNING_MS = 20_000;

export type Idleness =
  | { readonly kind: 'active' }
  | { readonly kind: 'warning'; readonly secondsLeft: number }
  | { readonly kind: 'gone' };

export function idlenessAfter(idleMs: number): Idleness {
  if (idleMs >= IDLE_LIMIT_MS) return { kind: 'gone' };
  if (idleMs < IDLE_LIMIT_MS - IDLE_WARNING_MS) return { kind: 'active' };
  return { kind: 'warning', secondsLeft: Math.ceil((IDLE_LIMIT_MS - idleMs) / 1000) };
}
