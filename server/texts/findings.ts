import { and, eq, isNull, ne, or, sql } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { findUnfit } from '../../shared/texts/find-unfit.ts';
import { type Finding, isClearable } from '../../shared/texts/kinds.ts';
import { sha256 } from '../documents/index.ts';
import { actEntries } from '../ledger/index.ts';

/** The findings of each text, without what two people have cleared. */
export interface FindingsOf {
  of(...texts: readonly string[]): readonly Finding[];
}

const NONE: readonly Finding[] = [];

/**
 * Looks through texts that go public. Names are those of households that did not agree to be named, closed ones among them.
 * Each call reads the roster once, whatever the number of texts.
 */
export async function findingsOf(
  reader: Reader,
  villageId: string,
  written: readonly string[],
): Promise<FindingsOf> {
  const texts = [...new Set(written)].filter((text) => text !== '');
  const names = texts.length === 0 ? [] : await namesIn(reader, villageId, texts.join('\n'));
  const found = new Map(texts.map((text) => [text, findUnfit(text, { names })]));
  if ([...found.values()].flat().some(({ kind }) => kind === 'address')) {
    const groups = await groupNames(reader, villageId);
    for (const text of found.keys()) found.set(text, findUnfit(text, { names, groups }));
  }
  const cleared = await clearedAmong(
    reader,
    villageId,
    Array.from(found, ([text, findings]) =>
      findings.filter(({ kind }) => isClearable(kind)).map((one) => keyOf(text, one)),
    ).flat(),
  );
  const left = new Map(
    Array.from(found, ([text, findings]) => [text, findings.filter((one) => !cleared.has(keyOf(text, one)))]),
  );
  return { of: (...asked) => asked.flatMap((text) => left.get(text) ?? NONE) };
}

/** Refuses texts that may not go public as they are: text.unfit. A number is not repeated in the refusal. */
export async function refuseUnfitTexts(
  reader: Reader,
  villageId: string,
  ...texts: readonly string[]
): Promise<void> {
  const [first] = (await findingsOf(reader, villageId, texts)).of(...texts);
  if (!first) return;
  const figures: Record<string, string> = { what: first.kind };
  if (isClearable(first.kind)) figures.piece = first.piece;
  throw new Refusal('text.unfit', figures);
}

/** By this an act says of which words in which text it is. */
export function keyOf(text: string, { kind, piece }: Pick<Finding, 'kind' | 'piece'>): string {
  return sha256(JSON.stringify([kind, piece, text])).slice(0, KEY_DIGITS);
}

const KEY_DIGITS = 40;
/** One sign alone is no whole name. */
const NAME_LETTERS_LEAST = 2;
const NAMES_MOST = 100;

/** The heads whose names stand somewhere in these words. Spaces that only stretch a name are left out. */
async function namesIn(
  { db, t: { households } }: Reader,
  villageId: string,
  written: string,
): Promise<string[]> {
  const words = written.normalize('NFKC').replaceAll(' ', '');
  const name = sql`replace(replace(${households.head}, ' ', ''), '　', '')`;
  const rows = await db
    .selectDistinct({ head: households.head })
    .from(households)
    .where(
      and(
        eq(households.villageId, villageId),
        or(isNull(households.showsName), ne(households.showsName, true)),
        isNull(households.erasedAtMs),
        sql`length(${name}) >= ${NAME_LETTERS_LEAST}`,
        sql`length(replace(cast(${words} as text), ${name}, '')) < length(cast(${words} as text))`,
      ),
    )
    .limit(NAMES_MOST);
  return rows.map(({ head }) => head);
}

async function groupNames({ db, t: { households } }: Reader, villageId: string): Promise<string[]> {
  const rows = await db
    .selectDistinct({ name: households.groupName })
    .from(households)
    .where(eq(households.villageId, villageId));
  return rows.map(({ name }) => name);
}

/** Those of these keys that an act has cleared. */
async function clearedAmong(
  reader: Reader,
  villageId: string,
  keys: readonly string[],
): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const sources = keys.map((key) => `text:${key}`);
  const acts = await actEntries(reader, villageId, { sources, limit: sources.length });
  return new Set(acts.map(({ source }) => (source ?? '').slice('text:'.length)));
}
