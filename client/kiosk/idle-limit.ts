/** How long a household's data may stand on the screen unattended, and how long of that it says so. */
export const IDLE_LIMIT_MS = 60_000;
export const IDLE_WARNING_MS = 20_000;

export type Idleness =
  | { readonly kind: 'active' }
  | { readonly kind: 'warning'; readonly secondsLeft: number }
  | { readonly kind: 'gone' };

export function idlenessAfter(idleMs: number, limitMs = IDLE_LIMIT_MS): Idleness {
  if (idleMs >= limitMs) return { kind: 'gone' };
  if (idleMs < limitMs - IDLE_WARNING_MS) return { kind: 'active' };
  return { kind: 'warning', secondsLeft: Math.ceil((limitMs - idleMs) / 1000) };
}
