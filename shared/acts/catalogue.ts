import { foldPart } from '../fold.ts';
import { SERVED } from '../served.ts';
import type { ActSpec } from './act-spec.ts';

/** Every kind of act with its words. The server alone reads it: what it answers carries the words of each act. */
export const ACTS = /* @__PURE__ */ foldPart(SERVED, 'acts');

export type ActName = keyof typeof ACTS;

/** The fields that an act of this name may have changed. */
export type FieldsOf<Name extends ActName> = keyof (typeof ACTS)[Name]['fields'] & string;

/** The words of an act; undefined for a name that this version does not know. */
export function specOf(name: string): ActSpec | undefined {
  return Object.hasOwn(ACTS, name) ? (ACTS as Readonly<Record<string, ActSpec>>)[name] : undefined;
}
