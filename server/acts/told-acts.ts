import type { Reader } from '../../db/index.ts';
import { type ActEntry, actsAfter } from '../ledger/index.ts';
import { ACT_FACT, IS, thingOfFact, type ToldThing, VIA_FACT, WAS } from './book-acts.ts';

/** Stands for a value that was erased with its household. */
export const ERASED: unique symbol = Symbol('erased');

/** Values by the names of fields. */
export type ToldValues = ReadonlyMap<string, unknown>;

/** An act on one thing, as the book has it. An act on many things is one of these for each. */
export interface ToldAct extends Pick<ActEntry, 'number' | 'actorId' | 'bookedAtMs' | 'effectiveOn'> {
  readonly act: string;
  readonly via: string;
  /** The thing it was done to. */
  readonly kind: string;
  readonly id: string;
  readonly was: ToldValues;
  readonly is: ToldValues;
  /** Everything that it told of the thing was erased, even which fields there were. */
  readonly isErased?: true;
}

const ACTS_A_PAGE = 300;

/** Reads every act of a village in the order of the book, a page at a time, and gives way before each. */
export async function eachAct(
  reader: Reader,
  villageId: string,
  giveWay: () => Promise<void>,
  take: (act: ToldAct) => void,
): Promise<void> {
  for (let after = 0; ;) {
    await giveWay();
    const page = await actsAfter(reader, villageId, after, ACTS_A_PAGE);
    for (const entry of page) for (const act of toldActs(entry)) take(act);
    if (page.length < ACTS_A_PAGE) return;
    after = page.at(-1)?.number ?? after;
  }
}

function toldActs({ number, actorId, bookedAtMs, effectiveOn, source, facts }: ActEntry): ToldAct[] {
  const said = { number, actorId, bookedAtMs, effectiveOn, via: facts.get(VIA_FACT) ?? '' };
  const act = facts.get(ACT_FACT) ?? '';
  const own: ToldAct = {
    ...said,
    act,
    ...thingIn(source ?? ''),
    was: under(facts, WAS),
    is: under(facts, IS),
  };
  const things = Array.from(facts).flatMap(([name, value]): ToldAct[] => {
    const thing = thingOfFact(name);
    return thing === null ? [] : [{ ...said, act, ...thingIn(thing), ...valuesOf(value) }];
  });
  return [own, ...things];
}

function thingIn(source: string): Pick<ToldAct, 'kind' | 'id'> {
  const at = source.indexOf(':');
  return { kind: source.slice(0, at), id: source.slice(at + 1) };
}

function under(facts: ActEntry['facts'], prefix: string): ToldValues {
  return new Map(
    Array.from(facts)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, value]) => [name.slice(prefix.length), value === null ? ERASED : JSON.parse(value)]),
  );
}

function valuesOf(value: string | null): Pick<ToldAct, 'was' | 'is' | 'isErased'> {
  if (value === null) return { was: new Map(), is: new Map(), isErased: true };
  const { was = {}, is } = JSON.parse(value) as ToldThing;
  return { was: new Map(Object.entries(was)), is: new Map(Object.entries(is)) };
}
