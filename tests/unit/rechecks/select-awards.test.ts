import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { monthsBefore } from '../../../server/rechecks/month-entries.ts';
import { digestOfDrawn, lotOf, selectAwards } from '../../../server/rechecks/select-awards.ts';

const manual = readFileSync(join(import.meta.dirname, '../../../docs/rechecks.md'), 'utf8');
const HASH = createHash('sha256').update('the last entry of some month').digest('hex');
const fifty = Array.from({ length: 50 }, (_, index) => 100 + index);

/** The figures of the example in docs/rechecks.md. */
function example() {
  const { hash = '', called = '' } =
    /^hash of the last entry: `(?<hash>[0-9a-f]{64})`; number called out: `(?<called>\d+)`$/m.exec(manual)
      ?.groups ?? {};
  const rows = [...manual.matchAll(/^\| (\d+) \| `([0-9a-f]{64})` \| (\d*) \|$/gm)];
  return {
    lot: { hash, called: Number(called) },
    rows: rows.map(([, entry, lot, place]) => ({ entry: Number(entry), lot, place: Number(place) })),
    digest: /^digest of the list: `([0-9a-f]{64})`$/m.exec(manual)?.[1],
  };
}

describe('the awards that are drawn', () => {
  it('are those of the example in docs/rechecks.md, lot by lot', () => {
    const { lot, rows, digest } = example();
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) expect(lotOf(lot, row.entry)).toBe(row.lot);
    const drawn = rows.filter(({ place }) => place > 0).sort((a, b) => a.place - b.place);
    const entries = rows.map(({ entry }) => entry);
    expect(selectAwards(lot, entries, drawn.length)).toEqual(drawn.map(({ entry }) => entry));
    expect(digestOfDrawn(drawn.map(({ entry }) => entry))).toBe(digest);
  });

  it('are the same in whatever order the entries come, and a shorter list is the beginning of a longer one', () => {
    const lot = { hash: HASH, called: 427 };
    const ten = selectAwards(lot, fifty, 10);
    expect(selectAwards(lot, fifty.toReversed(), 10)).toEqual(ten);
    expect(selectAwards(lot, fifty, 3)).toEqual(ten.slice(0, 3));
    expect(selectAwards(lot, fifty, 80).toSorted((a, b) => a - b)).toEqual(fifty);
  });

  it('follow the number as well as the head, and no other award moves where one is missing', () => {
    const lot = { hash: HASH, called: 427 };
    const drawn = selectAwards(lot, fifty, 5);
    expect(selectAwards({ ...lot, called: 428 }, fifty, 5)).not.toEqual(drawn);
    expect(
      selectAwards({ ...lot, hash: HASH.replace(/^./, HASH.startsWith('0') ? '1' : '0') }, fifty, 5),
    ).not.toEqual(drawn);
    const [first = 0] = drawn;
    const without = selectAwards(
      lot,
      fifty.filter((entry) => entry !== first),
      5,
    );
    expect(without.slice(0, 4)).toEqual(drawn.slice(1));
  });

  it('are each award about equally often', () => {
    const times = new Map(fifty.map((entry) => [entry, 0]));
    const numbers = 2000;
    for (let called = 0; called < numbers; called += 1)
      for (const entry of selectAwards({ hash: HASH, called }, fifty, 5))
        times.set(entry, (times.get(entry) ?? 0) + 1);
    // 200 each; the standard deviation is below 14, and five of them are left to every one.
    for (const [entry, count] of times) expect(Math.abs(count - 200), String(entry)).toBeLessThan(70);
  });
});

it('months are counted back over the year', () => {
  expect(monthsBefore('2026-02', 3)).toEqual(['2026-01', '2025-12', '2025-11']);
  expect(monthsBefore('2026-12', 1)).toEqual(['2026-11']);
});
