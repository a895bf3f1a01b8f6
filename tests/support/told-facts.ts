import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const MANUAL = join(import.meta.dirname, '..', '..', 'docs', 'seal.md');

/** A fact of entries as docs/seal.md explains it. The name of one of many begins with what stands here, and a point. */
export interface ToldFact {
  readonly name: string;
  readonly isBeginning: boolean;
  /** The rooms that write it. */
  readonly by: readonly string[];
}

/** Reads the table of facts. */
export function toldFacts(manual = readFileSync(MANUAL, 'utf8')): ToldFact[] {
  const [, table = ''] = /^\| fact \| of \| value \| by \|\n\|[-| ]+\|\n((?:\|.*\|\n)+)/mu.exec(manual) ?? [];
  return table
    .trimEnd()
    .split('\n')
    .flatMap((line) => {
      const cells = line.split(/ ?(?<!\\)\| ?/u).slice(1, -1);
      const by = (cells.at(-1) ?? '').split(', ');
      const names = Array.from((cells[0] ?? '').matchAll(/`([^`]+)`/gu), ([, name = '']) => name);
      return names.map((name) => {
        const [beginning = ''] = name.split('.');
        return { name: beginning, isBeginning: name.includes('.'), by };
      });
    });
}

/** Whether the table explains a fact of this name. */
export function isTold(facts: readonly ToldFact[], name: string): boolean {
  return facts.some((told) => (told.isBeginning ? name.startsWith(`${told.name}.`) : name === told.name));
}
