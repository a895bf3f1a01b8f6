import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isTold, toldFacts } from '../support/told-facts.ts';

const server = join(import.meta.dirname, '..', '..', 'server');

/** The facts of a source that are written as `{ name, value }`, the constants among them by what they hold. */
const WRITTEN = /\{ name: (?:'([^']+)'|([A-Z][A-Z_]*)), value\b/gu;
const CONSTANT = /^(?:export )?const ([A-Z][A-Z_]*) = '([^']+)';$/gmu;
/** Beginnings of the names of facts, of which an act has any number. */
const BEGINNING = /^(?:export )?const [A-Z]+ = '([a-z]+)\.';$/gmu;

interface Source {
  readonly room: string;
  readonly text: string;
}

function sources(): Source[] {
  return readdirSync(server, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .map((path) => ({
      room: path.split('/')[0] ?? '',
      text: readFileSync(join(server, path), 'utf8'),
    }));
}

/** Names of facts that the sources can write, each with the rooms that do. */
function writtenIn(all: readonly Source[]): Map<string, Set<string>> {
  const constants = new Map(
    all.flatMap(({ text }) =>
      Array.from(text.matchAll(CONSTANT), ([, name = '', value = '']) => [name, value]),
    ),
  );
  const found = new Map<string, Set<string>>();
  const add = (name: string, room: string) => found.set(name, (found.get(name) ?? new Set()).add(room));
  for (const { room, text } of all) {
    for (const [, literal, constant = ''] of text.matchAll(WRITTEN))
      add(literal ?? constants.get(constant) ?? constant, room);
    if (room === 'acts') for (const [, name = ''] of text.matchAll(BEGINNING)) add(`${name}.`, room);
  }
  return found;
}

const inOrder = (facts: Iterable<readonly [string, Iterable<string>]>) =>
  Array.from(facts, ([name, by]) => `${name}: ${Array.from(by).sort().join(', ')}`).sort();

describe('the facts of entries', () => {
  const told = toldFacts();

  it('stand in docs/seal.md, each with the rooms that write it, and no others', () => {
    const written = writtenIn(sources());
    expect(written.size).toBeGreaterThan(12);
    expect(inOrder(told.map(({ name, isBeginning, by }) => [isBeginning ? `${name}.` : name, by]))).toEqual(
      inOrder(written),
    );
  });

  it('would be missed if one more were written, and found where a constant names it', () => {
    const planted = [
      { room: 'kiosk', text: "const LENT_TO = 'lentTo';\nconst fact = { name: LENT_TO, value: id };" },
      { room: 'goods', text: "facts: [{ name: 'shelfLife', value: String(days) }]" },
    ];
    expect(inOrder(writtenIn(planted))).toEqual(['lentTo: kiosk', 'shelfLife: goods']);
    expect(['lentTo', 'shelfLife'].filter((name) => isTold(told, name))).toEqual([]);
    expect(['rule', 'is.price', 'thing.goods.1', 'seenAtMs'].every((name) => isTold(told, name))).toBe(true);
    expect(['is', 'rule.1', 'thingummy'].filter((name) => isTold(told, name))).toEqual([]);
  });
});
