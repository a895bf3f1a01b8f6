import type { BadRow } from '../../shared/ledger/verification.ts';
import type { EntryRow, FactRow } from './journal-rows.ts';
import { factDigest, factsDigest } from './seal.ts';
import { bad } from './verify-entry.ts';

/**
 * Checks the facts of an entry whose seal fits. Values may be personal: only names and digests are told. An erased fact
 * has neither value nor salt.
 */
export function checkFacts(
  { number, factsDigest: sealed }: EntryRow,
  facts: readonly FactRow[],
): BadRow | null {
  const [first] = facts;
  if (sealed === null) return first ? orphanFact(first, 0) : null;
  if (!first) return bad('journal_facts', { check: 'missing', number, expected: sealed, found: '' });
  const listed = factsDigest(facts);
  const wrong = facts.findIndex((fact) => !isWhole(fact));
  if (wrong >= 0) return wrongFact(facts, wrong, sealed);
  if (listed === sealed || factsDigest(facts.toSorted(byName)) === sealed) return findDisorder(facts);
  const extra = facts.findIndex((_, index) => factsDigest(facts.toSpliced(index, 1)) === sealed);
  if (extra >= 0) return orphanFact(facts[extra] ?? first, extra);
  // Nothing but the list itself covers the name of an erased fact.
  const check = facts.some(({ value }) => value === null) ? 'facts' : 'missing';
  return bad('journal_facts', { check, number, expected: sealed, found: listed });
}

/** True when name, owner, value and salt are those of the digest. Only a fact that has an owner can be erased. */
function isWhole(fact: FactRow): boolean {
  const { ownerId, value, salt, digest } = fact;
  if (ownerId === null) return salt === null && value !== null && factDigest(null, fact, value) === digest;
  if (value === null || salt === null) return value === salt;
  return factDigest(salt, fact, value) === digest;
}

/** Finds the column that was changed: the list of facts is right with another digest, or as it stands, or not at all. */
function wrongFact(facts: readonly FactRow[], line: number, sealed: string): BadRow | null {
  const fact = facts[line];
  if (!fact) return null;
  const { number, name, value, salt, digest } = fact;
  const found = value === null ? null : factDigest(salt, fact, value);
  const isListed = factsDigest(facts) === sealed;
  const isRestored = found !== null && factsDigest(facts.with(line, { ...fact, digest: found })) === sealed;
  if (isRestored && !isListed)
    return bad('journal_facts', {
      check: 'digest',
      number,
      line,
      expected: `${name} ${found}`,
      found: digest,
    });
  const check = isListed ? 'value' : 'name';
  return bad('journal_facts', { check, number, line, expected: `${name} ${digest}`, found });
}

/** Rows of the database are read by name. Those of a file may come in any order. */
function findDisorder(facts: readonly FactRow[]): BadRow | null {
  const line = facts.findIndex(({ name }, index) => index > 0 && name <= (facts[index - 1]?.name ?? ''));
  const fact = facts[line];
  return fact
    ? bad('journal_facts', { check: 'line', number: fact.number, line, expected: '', found: fact.name })
    : null;
}

function byName(a: FactRow, b: FactRow): number {
  return a.name < b.name ? -1 : 1;
}

export function orphanFact({ number, name }: FactRow, line: number): BadRow {
  return bad('journal_facts', { check: 'orphan', number, line, expected: '', found: name });
}
