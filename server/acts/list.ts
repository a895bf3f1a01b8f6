import type { Reader } from '../../db/index.ts';
import type { OwnAct, ShownAct } from '../../shared/acts/contract.ts';
import type { NamesById } from '../named-things.ts';
import { type ActEntry, actEntries, type ActSearch } from '../ledger/index.ts';
import { thingFactName } from './book-acts.ts';
import type { NamesThen } from './names-then.ts';
import { shownAct } from './shown-act.ts';

/** The names that acts are shown with. */
export interface ActNames {
  /** The names that those who act had then: staff, volunteers and programs. */
  readonly actors: NamesThen;
  /** Names of things, by their kind. */
  readonly things: Readonly<Record<string, NamesById>>;
}

export interface ActFilter extends Omit<ActSearch, 'sources' | 'among' | 'limit'> {
  /** The name of an act, or the beginning of names up to a point. */
  readonly act?: string | undefined;
  readonly thing?: string | undefined;
  /** Words in what was done, in values, or in names. */
  readonly q?: string | undefined;
}

interface Page<Item> {
  readonly items: Item[];
  readonly next: number | null;
}

/** A page that is filtered by words looks at no more acts than this, and says with `next` where to go on. */
const LOOKED_AT_MOST = 2_000;
const CHUNK = 500;

/** Reads a page of the book of acts, newest first. */
export async function listActs(
  reader: Reader,
  names: ActNames,
  villageId: string,
  { act, thing, q, ...search }: ActFilter,
  limit: number,
): Promise<Page<ShownAct>> {
  const things = thing === undefined ? undefined : searchOf(thing);
  const isFiltered = act !== undefined || (q ?? '') !== '';
  const found: ShownAct[] = [];
  let { before } = search;
  for (let looked = 0; looked < LOOKED_AT_MOST; looked += CHUNK) {
    const size = isFiltered ? CHUNK : limit + 1;
    const entries = await actEntries(reader, villageId, { ...search, ...things, before, limit: size });
    const shown = await shownActs(reader, names, villageId, entries);
    found.push(...shown.filter((one) => isNamed(one, act) && hasWords(one, q)));
    if (found.length > limit) return pageOf(found, limit);
    before = entries.at(-1)?.number ?? 0;
    if (entries.length < size) return { items: found, next: null };
  }
  return { items: found, next: before ?? null };
}

/** Reads a page of what was done to one household, as the household may read it. */
export async function listActsOf(
  reader: Reader,
  names: ActNames,
  { villageId, householdId }: { readonly villageId: string; readonly householdId: string },
  { before, limit }: Pick<ActSearch, 'before' | 'limit'>,
): Promise<Page<OwnAct>> {
  const own = `household:${householdId}`;
  const entries = await actEntries(reader, villageId, { ...searchOf(own), before, limit: limit + 1 });
  const shown = await shownActs(reader, names, villageId, entries, own);
  return pageOf(
    shown.map(({ actorId: _actor, thing: _thing, hash: _hash, ...rest }) => rest),
    limit,
  );
}

/** Acts that wrote many things at once were done to an import. */
const OF_MANY = 'import:';

/** Finds what was done to a thing by itself, or among many. */
function searchOf(thing: string): Pick<ActSearch, 'sources' | 'among'> {
  return { sources: [thing], among: { sourceBegins: OF_MANY, fact: thingFactName(thing) } };
}

/** Shows acts with the names of who did them and of what they were done to. */
export async function shownActs(
  reader: Reader,
  names: ActNames,
  villageId: string,
  entries: readonly ActEntry[],
  only?: string,
): Promise<ShownAct[]> {
  const nameThen = await names.actors(reader, villageId);
  const shown = entries.map((entry) => ({ entry, thing: thingIn(entry.source), act: shownAct(entry, only) }));
  const nameOf = await namesOfThings(reader, names.things, villageId, [
    ...shown.map(({ thing }) => thing),
    ...shown.flatMap(({ act }) => act.changes.flatMap(thingsIn)),
    // A household acts on its own phone.
    ...entries.map(({ actorId }) => ({ kind: 'household', id: actorId })),
  ]);
  return shown.map(({ entry: { number, actorId, hash }, thing: { kind, id }, act }) => {
    const named = (thing: Thing) => nameThen(thing.id, number) ?? nameOf.get(`${thing.kind}:${thing.id}`);
    return {
      ...act,
      // A kiosk that pairs, say, does it to itself.
      by: named(actorId === id ? { kind, id } : { kind: 'household', id: actorId }) ?? '',
      changes: act.changes.map((change) => inNames(change, named)),
      ...{ actorId, hash, thing: { kind, id, name: named({ kind, id }) ?? '' } },
    };
  });
}

type Change = ShownAct['changes'][number];

/** The kinds of thing whose ids the values of such a field are. */
const THING_IN: Readonly<Partial<Record<Change['unit'], string>>> = {
  household: 'household',
  goods: 'goods',
  person: 'staff',
};

export function thingsIn({ unit, was, is }: Change): Thing[] {
  const kind = THING_IN[unit];
  if (kind === undefined) return [];
  return [was, is].flatMap((value) => listOf(value)).map((id) => ({ kind, id }));
}

/** Puts names in the place of ids. A thing that has none any more keeps its id. */
export function inNames(change: Change, nameOf: (thing: Thing) => string | undefined): Change {
  const kind = THING_IN[change.unit];
  if (kind === undefined) return change;
  const named = (value: Change['was']) =>
    value === undefined ? undefined : listOf(value).map((id) => nameOf({ kind, id }) ?? id);
  return { ...change, was: named(change.was), is: named(change.is) };
}

function listOf(value: Change['was']): string[] {
  if (Array.isArray(value)) return value;
  return typeof value === 'string' ? [value] : [];
}

interface Thing {
  readonly kind: string;
  readonly id: string;
}

export function thingIn(source: string | null): Thing {
  const [kind = '', ...rest] = (source ?? '').split(':');
  return { kind, id: rest.join(':') };
}

export async function namesOfThings(
  reader: Reader,
  things: ActNames['things'],
  villageId: string,
  asked: readonly Thing[],
): Promise<ReadonlyMap<string, string>> {
  const names = new Map<string, string>();
  for (const [kind, namesById] of Object.entries(things)) {
    const ids = Array.from(new Set(asked.filter((thing) => thing.kind === kind).map(({ id }) => id)));
    if (ids.length === 0) continue;
    for (const [id, name] of await namesById(reader, villageId, ids)) names.set(`${kind}:${id}`, name);
  }
  return names;
}

function isNamed({ act }: ShownAct, wanted: string | undefined): boolean {
  if (wanted === undefined) return true;
  return wanted.endsWith('.') ? act.startsWith(wanted) : act === wanted;
}

function hasWords({ words, by, thing, changes }: ShownAct, q: string | undefined): boolean {
  const wanted = plain(q ?? '');
  if (wanted === '') return true;
  const values = changes
    .flatMap(({ label, was, is }) => [label.zh, was, is])
    .map((value) => String(value ?? ''));
  return [words.zh, words.en, by, thing.name, ...values].some((text) => plain(text).includes(wanted));
}

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim();
}

function pageOf<Item extends { readonly number: number }>(found: readonly Item[], limit: number): Page<Item> {
  const items = found.slice(0, limit);
  return { items, next: found.length > limit ? (items.at(-1)?.number ?? null) : null };
}
