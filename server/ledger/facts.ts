import { and, asc, eq, inArray } from 'drizzle-orm';
import { chunked } from '../../db/many-rows.ts';
import type { Reader, Tx } from '../../db/store.ts';
import { factDigest, type SealedFact } from './seal.ts';
import type { FactInput } from './types.ts';

/** A fact as it is stored. Value and salt are null when the value was erased. */
export interface StoredFact extends SealedFact {
  readonly value: string | null;
  readonly salt: string | null;
}

const FACTS_MAX = 100;
const VALUE_MAX = 20_000;
const NAME = /^[a-z][A-Za-z0-9._-]{0,63}$/;
const OWNER = /^[A-Za-z0-9_-]{1,64}$/;

/** True when these can stand beside an entry. */
export function areFacts(facts: readonly FactInput[]): boolean {
  return (
    facts.length <= FACTS_MAX &&
    new Set(facts.map(({ name }) => name)).size === facts.length &&
    facts.every(
      ({ name, value, ownerId }) =>
        NAME.test(name) &&
        (ownerId === undefined || OWNER.test(ownerId)) &&
        value.length <= VALUE_MAX &&
        // PostgreSQL keeps no text with this character.
        !value.includes('\0'),
    )
  );
}

/** Gives each fact its digest, and sorts them by name. */
export function sealFacts(facts: readonly FactInput[], newSalt: () => string): StoredFact[] {
  return facts
    .map(({ name, value, ownerId = null }) => {
      const salt = ownerId === null ? null : newSalt();
      return { name, ownerId, value, salt, digest: factDigest(salt, { name, ownerId }, value) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Reads the facts that are an owner's, with the entries they belong to. The value of an erased one is null. */
export function factsOf({ db, t: { journal, journalFacts } }: Reader, villageId: string, ownerId: string) {
  return db
    .select({
      number: journalFacts.number,
      effectiveOn: journal.effectiveOn,
      name: journalFacts.name,
      value: journalFacts.value,
    })
    .from(journalFacts)
    .innerJoin(
      journal,
      and(eq(journal.villageId, journalFacts.villageId), eq(journal.number, journalFacts.number)),
    )
    .where(and(eq(journalFacts.villageId, villageId), eq(journalFacts.ownerId, ownerId)))
    .orderBy(asc(journalFacts.number), asc(journalFacts.name));
}

/** Reads the facts of this name beside these entries, by number of entry. An erased one is missing. */
export async function factValues(
  { db, t: { journalFacts } }: Reader,
  villageId: string,
  name: string,
  numbers: readonly number[],
): Promise<Map<number, string>> {
  const found = new Map<number, string>();
  for (const some of chunked(numbers)) {
    const rows = await db
      .select({ number: journalFacts.number, value: journalFacts.value })
      .from(journalFacts)
      .where(
        and(
          eq(journalFacts.villageId, villageId),
          inArray(journalFacts.number, some),
          eq(journalFacts.name, name),
        ),
      );
    for (const { number, value } of rows) if (value !== null) found.set(number, value);
  }
  return found;
}

/** Erases the values of an owner's facts, with their salts. The chain still verifies. */
export async function eraseFactsOf({ db, t }: Tx, villageId: string, ownerId: string): Promise<void> {
  const { journalFacts } = t;
  await db
    .update(journalFacts)
    .set({ value: null, salt: null })
    .where(and(eq(journalFacts.villageId, villageId), eq(journalFacts.ownerId, ownerId)))
    .returning({ number: journalFacts.number });
}
