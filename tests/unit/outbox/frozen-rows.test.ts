import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isSignedBy, type PublicKey, readKey, thumbprintOf } from '../../../server/outbox/verify-row.ts';
import { type RowBodies, rowBodies } from '../../../shared/kiosk/rows.ts';
import { operations } from '../../../shared/outbox/contract.ts';
import { FIRST_BEFORE, type OutboxRow } from '../../../shared/outbox/row.ts';

const FILE = new URL('../../fixtures/rows-1/rows.json', import.meta.url);
const { publicKey, rows } = JSON.parse(readFileSync(FILE, 'utf8')) as {
  readonly publicKey: PublicKey;
  readonly rows: readonly OutboxRow[];
};
const isKind = (kind: string): kind is keyof RowBodies => Object.hasOwn(rowBodies, kind);

/** A kiosk of an older build brings rows to this server: they lay on its device while the server was made newer. */
describe('the rows of an older kiosk', () => {
  it('are of every kind there is, and end in every way', () => {
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(Object.keys(rowBodies)));
    const ends = rows.map(({ done }) => done?.how ?? 'asks');
    expect(new Set(ends)).toEqual(new Set(['asks', 'here', 'server', 'given_up']));
  });

  it('are taken by the way that brings them, just as they are', () => {
    const sent = { rows, isEmptyAfter: true, sentAtMs: 1 };
    expect(operations['outbox.send'].body.parse(sent)).toEqual(sent);
    expect(operations['outbox.takeIn'].body.parse({ rows })).toEqual({ rows });
  });

  it.each(rows)('are signed over the same bytes, and say the same: $number $kind', (row) => {
    const key = readKey(publicKey);
    expect(row.device).toBe(thumbprintOf(publicKey));
    expect(key && isSignedBy(key, row)).toBe(true);
    expect(row.before).toBe(rows[row.number - 2]?.hash ?? FIRST_BEFORE);
    if (!isKind(row.kind)) throw new Error(`nobody knows the kind ${row.kind}`);
    expect(rowBodies[row.kind].parse(JSON.parse(row.body))).toEqual(JSON.parse(row.body));
  });
});
