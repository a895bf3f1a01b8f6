/** The file of a device's rows: what is written is read, and what happened to it on the way is said. */
import { describe, expect, it } from 'vitest';
import { batchesOf, chosenFile } from '../../../client/desk/outbox/row-file.ts';
import { createSavedMark, rowFile } from '../../../client/kiosk/outbox/save-row-file.ts';
import { outboxRow } from '../../../shared/outbox/contract.ts';
import type { OutboxRow } from '../../../shared/outbox/row.ts';
import { isRow, readRowFile, rowFileText } from '../../../shared/outbox/row-file.ts';

const HEAD = { villageId: 'v1', village: '古丹村', kiosk: '柜台', savedAtMs: 1_700_000_000_000 };
const SIGNATURE = 'S'.repeat(86);

function rowOf(number: number, change: Partial<OutboxRow> = {}): OutboxRow {
  return {
    ...{ device: 'D'.repeat(43), number, key: `row-key-${number}`, kind: 'kiosk.redeem' },
    ...{ body: '{"note":"一行\\n两行"}', shift: 'shift', atMs: 5, offsetMs: -3, copy: null },
    ...{ before: '', hash: 'a'.repeat(64), signature: SIGNATURE },
    done: { how: 'here', atMs: 6, entry: null, signature: SIGNATURE },
    ...change,
  };
}

const rows = [1, 2, 3].map((number) => rowOf(number));
const text = rowFileText(HEAD, rows);

describe('a file of rows', () => {
  it('is read as it was written, also with Windows’ line ends and a mark of order', () => {
    const read = { head: { ...HEAD, rows: 3 }, rows, isCut: false, spoilt: [] };
    expect(readRowFile(text)).toEqual(read);
    expect(readRowFile(`\uFEFF${text.replaceAll('\n', '\r\n')}`)).toEqual(read);
  });

  it('says wherever it was cut short, and keeps every row that is whole', () => {
    for (let end = text.indexOf('\n') + 1; end < text.length - 1; end += 7) {
      const { rows: kept, isCut, spoilt } = readRowFile(text.slice(0, end));
      expect([end, isCut, spoilt]).toEqual([end, true, []]);
      expect(kept).toEqual(rows.slice(0, kept.length));
    }
  });

  it('says that rows are gone from its middle', () => {
    const lines = text.split('\n');
    expect(readRowFile(lines.filter((_, index) => index !== 2).join('\n'))).toMatchObject({ isCut: true });
  });

  it('names the lines that are no rows', () => {
    const lines = text.split('\n').map((line, index) => (index === 2 ? line.slice(9) : line));
    expect(readRowFile(lines.join('\n'))).toMatchObject({
      isCut: false,
      spoilt: [3],
      rows: [rows[0], rows[2]],
    });
  });

  it('may lack its head: rows that somebody copied together are rows', () => {
    const copied = `别人写的话\n${rows.map((row) => JSON.stringify(row)).join('\n')}`;
    expect(readRowFile(copied)).toEqual({ head: null, rows, isCut: false, spoilt: [] });
  });

  it('holds nothing where it is something else', () => {
    for (const other of ['', '{}', '[]', 'null', '<html></html>', '\0\0'])
      expect(readRowFile(other)).toMatchObject({ rows: [] });
    expect(chosenFile('', 'v1')).toEqual({ is: 'none' });
  });

  it('is refused by another village, and read by a village that it does not name', () => {
    expect(chosenFile(text, 'v2')).toEqual({ is: 'foreign', village: '古丹村' });
    expect(chosenFile(text, 'v1')).toMatchObject({ is: 'rows', rows });
    expect(chosenFile(rowFileText({ ...HEAD, villageId: '' }, rows), 'v2')).toMatchObject({ is: 'rows' });
  });

  it('is sent in batches that the server takes', () => {
    const many = Array.from({ length: 101 }, (_, index) => rowOf(index + 1));
    expect(batchesOf(many).map(({ length }) => length)).toEqual([50, 50, 1]);
  });

  it('has a name of its own each second', async () => {
    const one = rowFile(HEAD, rows);
    expect(one.name).toBe('jishan-2023-11-15-221320.jsonl');
    expect(await one.content.text()).toBe(text);
  });
});

describe('the form of a row', () => {
  const changes: (readonly [string, unknown])[] = [
    ...(['device', 'key', 'kind', 'shift', 'before', 'hash', 'signature', 'body'] as const).flatMap((field) =>
      ['', 'x', '一', 'x'.repeat(20_000), 5, null].map((value) => [field, value] as const),
    ),
    ...(['number', 'atMs', 'offsetMs', 'copy'] as const).flatMap((field) =>
      [0, -1, 1.5, 1e12, '1', null].map((value) => [field, value] as const),
    ),
    ...[{}, 'here', { how: 'never', atMs: 1, entry: null, signature: SIGNATURE }, null].map(
      (value) => ['done', value] as const,
    ),
    ['more', 1],
  ];

  it.each(changes)('is the contract’s for %s = %j', (field, value) => {
    const row = { ...rowOf(1), [field]: value };
    expect(isRow(row)).toBe(outboxRow.safeParse(row).success);
  });
});

describe('the mark of the last file', () => {
  it('knows when there is something new', () => {
    const kept = new Map<string, string>();
    const mark = createSavedMark({
      getItem: (name) => kept.get(name) ?? null,
      setItem: (name, value) => void kept.set(name, value),
    });
    expect(mark.isNew([])).toBe(false);
    expect(mark.isNew(rows)).toBe(true);
    mark.note(rows);
    expect(mark.isNew(rows)).toBe(false);
    expect(mark.isNew([...rows, rowOf(4)])).toBe(true);
  });
});
