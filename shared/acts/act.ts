import type { ActName, FieldsOf } from './catalogue.ts';

/** A value of a field, never a secret. Undefined: the field is not told of. */
export type ActValue = string | number | boolean | null | readonly string[] | undefined;

/** Something that somebody did beside moving points. */
export interface Act<Name extends ActName = ActName> {
  readonly act: Name;
  /** The thing it was done to, as kind:id: `household:…`, `staff:…`. */
  readonly on: `${string}:${string}`;
  /** The fields before. Fields that did not change are left out of the book. */
  readonly was?: Readonly<Partial<Record<FieldsOf<Name>, ActValue>>>;
  /** The fields afterwards. */
  readonly is?: Readonly<Partial<Record<FieldsOf<Name>, ActValue>>>;
}

/** An act of any name, its fields checked against that name. */
export type AnyAct = { [Name in ActName]: Act<Name> }[ActName];
