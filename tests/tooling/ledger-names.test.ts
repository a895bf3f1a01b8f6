import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LEDGER_KINDS } from '../../server/ledger-kinds.ts';
import { entryKinds as coreEntryKinds } from '../../shared/ledger/core-entry-kinds.ts';

const folder = join(import.meta.dirname, '..', '..', 'server', 'ledger');

/** Kinds that rooms have registered: the ledger's own are left out. */
const kinds = [
  ...Object.keys(LEDGER_KINDS.accounts),
  ...Object.keys(LEDGER_KINDS.entries).filter((kind) => !Object.hasOwn(coreEntryKinds, kind)),
];

/** Words that only somebody who knows a village would use, whatever they are part of. */
const VILLAGE_WORDS = /household|goods|shelf|redemption|redeem|award|deduct|stocktake|kiosk|donat/i;

/** The lines of a source that name a kind as a text or as the beginning of an account id, or speak of a village's things. */
function linesThatName(source: string): string[] {
  const named = new RegExp(`['"\`](?:${kinds.join('|')})(?:['"\`]|:)`);
  return source.split('\n').filter((line) => named.test(line) || VILLAGE_WORDS.test(line));
}

describe('the ledger’s core', () => {
  it('names no kind of account or entry but its own', () => {
    const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(25);
    expect(kinds.length).toBeGreaterThan(20);
    const found = files.flatMap((file) =>
      linesThatName(readFileSync(join(folder, file), 'utf8')).map((line) => `${file}: ${line.trim()}`),
    );
    expect(found).toEqual([]);
  });

  it('would be caught if it did', () => {
    for (const planted of [
      "if (account.kind === 'held') return null;",
      'const id = `stock:${owner}:CNY`;',
      "const KINDS = new Set(['opening', 'closing']);",
      'export function householdBalances() {}',
      '/** Gives the points back to the household. */',
    ]) {
      expect(linesThatName(planted), planted).toHaveLength(1);
    }
    expect(linesThatName("if (kind === 'reversal') return held;")).toEqual([]);
  });
});
