import type { ActThing, ActValue } from '../acts/act.ts';

type Fields = Readonly<Record<string, ActValue>>;

/** A change as it would be made: the thing as kind:id, its fields before and after. */
export interface ToldChange {
  readonly on: `${string}:${string}`;
  /** Left out where there is nothing before. */
  readonly was?: Fields;
  readonly is: Fields;
  /** Things among many that it would change. */
  readonly things?: readonly ActThing[];
}

/** The same as it is kept and shown: of the fields those that differ, by the names of an act's facts. */
export interface KeptTold {
  readonly on: string;
  readonly facts: Readonly<Record<string, unknown>>;
}
