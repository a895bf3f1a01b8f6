import type { ActField, ActSpec } from '../../shared/acts/act-spec.ts';
import { VIAS } from '../../shared/acts/via.ts';
import { AGREED_FIELDS } from '../../shared/acts/agreed-words.ts';
import { specOf } from '../../shared/acts/catalogue.ts';
import { guardedSpec, isGuarded } from '../../shared/changes/guarded.ts';
import type { OwnAct } from '../../shared/acts/contract.ts';
import type { ActEntry } from '../ledger/index.ts';
import { ACT_FACT, IS, thingOfFact, type ToldThing, VIA_FACT, WAS } from './book-acts.ts';
import { changesOfThing, isUntold } from './shown-thing.ts';

type Change = OwnAct['changes'][number];

/**
 * Says an act as it is shown, without the name of whoever did it. An act on many things tells of `only` alone, if it is
 * given, because the others are other households.
 */
export function shownAct(entry: ActEntry, only?: string): Omit<OwnAct, 'by'> {
  const { number, bookedAtMs, effectiveOn, facts } = entry;
  const act = facts.get(ACT_FACT) ?? '';
  const spec = specOf(act);
  const own = Array.from(facts).filter(([name]) => name.startsWith(WAS) || name.startsWith(IS));
  const things = thingFacts(facts, only);
  return {
    ...{ number, act, words: wordsOf(spec, entry), atMs: bookedAtMs, on: effectiveOn },
    via: VIAS.find((via) => via === facts.get(VIA_FACT)) ?? 'server',
    changes: changesOf(spec, facts, only),
    isErased: [...own, ...things].some(([, value]) => value === null),
  };
}

/** The words of an act, and of the operation that it is about. */
function wordsOf(spec: ActSpec | undefined, { facts }: ActEntry): OwnAct['words'] {
  const act = facts.get(ACT_FACT) ?? '';
  const { zh, en, fields } = spec ?? { zh: act, en: act, fields: {} };
  const [operation] = Object.entries(fields).flatMap(([field, { unit }]) =>
    unit === 'operation' ? [String(valueIn(facts, IS + field))] : [],
  );
  if (operation === undefined || !isGuarded(operation)) return { zh, en };
  const what = guardedSpec(operation);
  return { zh: `${zh}：${what.zh}`, en: `${en}: ${what.en}` };
}

function thingFacts(facts: ActEntry['facts'], only: string | undefined) {
  return Array.from(facts).filter(([name]) => {
    const thing = thingOfFact(name);
    return thing !== null && (only === undefined || thing === only);
  });
}

/** The fields that changed, and then those of things among many. */
export function changesOf(spec: ActSpec | undefined, facts: ActEntry['facts'], only?: string): Change[] {
  const things = thingFacts(facts, only).flatMap(([name, value]) =>
    value === null ? [] : changesOfThing(spec, name, JSON.parse(value) as ToldThing),
  );
  return [...ownChanges(spec, facts), ...things, ...agreedChanges(facts)];
}

/** Names the person who proposed it and the one who agreed, where it took two. */
function agreedChanges(facts: ActEntry['facts']): Change[] {
  return Object.entries(AGREED_FIELDS).flatMap(([field, label]): Change[] => {
    const is = facts.get(field);
    return typeof is === 'string' ? [{ field, label, unit: 'person', is }] : [];
  });
}

/** The fields of an act in the order in which its domain names them. Fields that a later version no longer names come last. */
function ownChanges(spec: ActSpec | undefined, facts: ActEntry['facts']): Change[] {
  const told = Array.from(facts.keys(), fieldIn).filter((field) => field !== null);
  const fields = new Set([...Object.keys(spec?.fields ?? {}), ...told]);
  return Array.from(fields).flatMap((field): Change[] => {
    const [was, is] = [valueIn(facts, WAS + field), valueIn(facts, IS + field)];
    if (was === undefined && is === undefined) return [];
    const { zh, en, unit = 'text' }: ActField = spec?.fields[field] ?? { zh: field, en: field };
    if (isUntold(unit)) return [];
    return [{ field, label: { zh, en }, unit, was, is }];
  });
}

function fieldIn(name: string): string | null {
  const prefix = [WAS, IS].find((one) => name.startsWith(one));
  return prefix === undefined ? null : name.slice(prefix.length);
}

/** The value of a fact; undefined when there is none or it was erased. */
function valueIn(facts: ActEntry['facts'], name: string): Change['was'] {
  const text = facts.get(name);
  return text === undefined || text === null ? undefined : (JSON.parse(text) as Change['was']);
}
