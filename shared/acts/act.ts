import type { ActName, FieldsOf } from './catalogue.ts';

/** A value of a field, never a secret. Undefined: the field is not told of. */
export type ActValue = string | number | boolean | null | readonly string[] | undefined;

type Fields<Name extends ActName> = Readonly<Partial<Record<FieldsOf<Name>, ActValue>>>;

/** One of many things that an act wrote at once. */
export interface ActThing<Name extends ActName = ActName> {
  /** kind:id, as in `on`. */
  readonly thing: `${string}:${string}`;
  /** Its name at that time. */
  readonly name: string;
  /** The fields before; left out for a thing that was made. */
  readonly was?: Fields<Name>;
  readonly is: Fields<Name>;
}

/** Something that somebody did beside moving points. */
export interface Act<Name extends ActName = ActName> {
  readonly act: Name;
  /** The thing it was done to, as kind:id: `household:…`, `staff:…`. */
  readonly on: `${string}:${string}`;
  /** The fields before. Fields that did not change are left out of the book. */
  readonly was?: Fields<Name>;
  /** The fields afterwards. */
  readonly is?: Fields<Name>;
  /** The things that it wrote, at most `THINGS_AN_ACT`. Facts about a household belong to it. */
  readonly things?: readonly ActThing<Name>[];
  /** The two people behind it, where one proposed it and another agreed. */
  readonly agreed?: AgreedBy;
}

/** The person who proposed a change, and the one who agreed to it. */
export interface AgreedBy {
  readonly changeId: string;
  readonly proposedBy: string;
  readonly decidedBy: string;
}

/** An entry has room for so many facts, and some for what the act says of itself. */
export const THINGS_AN_ACT = 90;

/** An act of any name, its fields checked against that name. */
export type AnyAct = { [Name in ActName]: Act<Name> }[ActName];
