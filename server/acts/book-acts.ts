import { isDeepStrictEqual } from 'node:util';
import type { Tx } from '../../db/index.ts';
import type { ActThing, ActValue, AgreedBy, AnyAct } from '../../shared/acts/act.ts';
import { specOf } from '../../shared/acts/catalogue.ts';
import type { ActAt } from '../at.ts';
import { ACT_KIND, type EntryInput, type FactInput, type Ledger, orRefuse } from '../ledger/index.ts';

/** The facts that every act has: its name, and the way by which somebody acted. Others are `was.…` and `is.…`. */
export const ACT_FACT = 'act';
export const VIA_FACT = 'via';
export const WAS = 'was.';
export const IS = 'is.';
/** Begins the name of a fact about one of many things: `thing.household.ID`. */
const THING = 'thing.';

const HOUSEHOLD = 'household:';
/** Names the change to which somebody agreed, beside its act or entry. */
export const AGREED_FACT = 'change';

/** Books acts in the transaction of what they tell of. One that changed nothing leaves none. */
export async function bookActs(ledger: Ledger, tx: Tx, at: ActAt, acts: readonly AnyAct[]): Promise<void> {
  const entries = acts.flatMap((act) => actEntry(at, act) ?? []);
  if (entries.length > 0) orRefuse(await ledger.postMany(tx, at.villageId, entries));
}

/** The entry of an act; null when it changed nothing. */
export function actEntry(at: ActAt, { act, on, was, is, things = [], agreed }: AnyAct): EntryInput | null {
  const fields = changedFields(was, is);
  if (was && is && fields.length === 0) return null;
  return {
    ...{ villageId: at.villageId, kind: ACT_KIND, effectiveOn: at.today, actorId: at.actorId, source: on },
    ...{ idempotencyKey: `act-${at.newId()}`, lines: [] },
    facts: [
      { name: ACT_FACT, value: act },
      { name: VIA_FACT, value: at.via },
      ...fields.map(([name, value]): FactInput => {
        const ownerId = householdOf({ act, on }, name, value);
        return { name, value: JSON.stringify(value), ...(ownerId === null ? {} : { ownerId }) };
      }),
      ...things.map(thingFact),
      ...(agreed ? agreedFacts(agreed) : []),
    ],
  };
}

/** The facts of what one person proposed and another agreed to, beside its act or entry. */
export function agreedFacts({ changeId, proposedBy, decidedBy }: AgreedBy): FactInput[] {
  return [
    { name: AGREED_FACT, value: changeId },
    { name: 'proposedBy', value: proposedBy },
    { name: 'decidedBy', value: decidedBy },
  ];
}

/**
 * The household whose own the value is, and whose erasure takes it along: the one that the value names, else the one that
 * it was done to. So no household's own file names another.
 */
function householdOf({ act, on }: Pick<AnyAct, 'act' | 'on'>, name: string, value: ActValue): string | null {
  const unit = specOf(act)?.fields[name.slice(name.indexOf('.') + 1)]?.unit;
  if (unit === 'household' && typeof value === 'string') return value;
  return on.startsWith(HOUSEHOLD) ? on.slice(HOUSEHOLD.length) : null;
}

/** The name of the fact that tells of a thing among many. */
export function thingFactName(thing: string): string {
  return THING + thing.replace(':', '.');
}

/** The thing that a fact of this name tells of, as kind:id; null for other facts. */
export function thingOfFact(name: string): string | null {
  return name.startsWith(THING) ? name.slice(THING.length).replace('.', ':') : null;
}

/** A thing among many, as the value of its fact. */
export interface ToldThing {
  readonly name: string;
  /** Missing where the thing was made. */
  readonly was?: Fields;
  readonly is: Fields;
}

function thingFact(thing: ActThing): FactInput {
  const [name, value] = toldThing(thing);
  return { name, value: JSON.stringify(value), ...ownerOf(thing.thing) };
}

/** A thing among many under the name of its fact. */
export function toldThing({ thing, name, was, is }: ActThing): [name: string, told: ToldThing] {
  const told = changedFields(was, is);
  const under = (prefix: string) =>
    Object.fromEntries(
      told
        .filter(([field]) => field.startsWith(prefix))
        .map(([field, value]) => [field.slice(prefix.length), value]),
    );
  return [thingFactName(thing), { name, ...(was ? { was: under(WAS) } : {}), is: under(IS) }];
}

/** Facts about a household belong to it, and are erased with it. */
function ownerOf(thing: string): { readonly ownerId?: string } {
  return thing.startsWith(HOUSEHOLD) ? { ownerId: thing.slice(HOUSEHOLD.length) } : {};
}

type Fields = Readonly<Record<string, ActValue>>;

/** The fields that changed, by the names of their facts. A field that was and is empty is left out. */
export function changedFields(was: Fields = {}, is: Fields = {}): [name: string, value: ActValue][] {
  const names = Array.from(new Set([...Object.keys(was), ...Object.keys(is)]));
  return names.flatMap((name) => {
    const [before, after] = [was[name], is[name]];
    if (isDeepStrictEqual(before, after)) return [];
    const told: [string, ActValue][] = [
      [WAS + name, before],
      [IS + name, after],
    ];
    return told.filter(([, value]) => !isEmpty(value));
  });
}

function isEmpty(value: ActValue): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)
  );
}
