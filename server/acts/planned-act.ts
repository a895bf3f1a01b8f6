import type { Reader } from '../../db/index.ts';
import type { ActSpec } from '../../shared/acts/act-spec.ts';
import type { ShownAct } from '../../shared/acts/contract.ts';
import { type ActNames, inNames, namesOfThings, thingIn, thingsIn } from './list.ts';
import { changesOf } from './shown-act.ts';

/** Something that would be done, told as an act tells what was done. */
export interface PlannedAct {
  readonly spec: ActSpec;
  /** The thing as kind:id; empty once it was erased. */
  readonly on: string;
  /** Values by names like those of an act's facts: `was.price`, `is.price`. Null once they were erased. */
  readonly facts: Readonly<Record<string, unknown>> | null;
}

/** Shows what would be done with the names of today. */
export async function shownPlans(
  reader: Reader,
  names: ActNames,
  villageId: string,
  plans: readonly PlannedAct[],
): Promise<Pick<ShownAct, 'words' | 'thing' | 'changes' | 'isErased'>[]> {
  const told = plans.map(({ spec, on, facts }) => {
    const values = Object.entries(facts ?? {}).map(([name, value]) => [name, JSON.stringify(value)] as const);
    return {
      words: { zh: spec.zh, en: spec.en },
      thing: thingIn(on),
      changes: changesOf(spec, new Map(values)),
    };
  });
  const nameThen = await names.actors(reader, villageId);
  const nameOf = await namesOfThings(reader, names.things, villageId, [
    ...told.map(({ thing }) => thing),
    ...told.flatMap(({ changes }) => changes.flatMap(thingsIn)),
  ]);
  const named = ({ kind, id }: { readonly kind: string; readonly id: string }) =>
    nameThen(id, Infinity) ?? nameOf.get(`${kind}:${id}`);
  return told.map(({ words, thing, changes }, index) => ({
    words,
    thing: { ...thing, name: named(thing) ?? '' },
    changes: changes.map((change) => inNames(change, named)),
    isErased: plans[index]?.facts === null,
  }));
}
