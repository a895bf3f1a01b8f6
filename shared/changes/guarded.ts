import { foldPart } from '../fold.ts';
import { SERVED } from '../served.ts';
import type { GuardedSpec } from './guarded-spec.ts';

/** Every write that may need a second person. The server alone reads it. */
export const GUARDED = /* @__PURE__ */ foldPart(SERVED, 'guarded');

export type GuardedId = keyof typeof GUARDED;

export function isGuarded(operation: string): operation is GuardedId {
  return Object.hasOwn(GUARDED, operation);
}

export function guardedSpec(operation: GuardedId): GuardedSpec {
  return GUARDED[operation];
}
