import { describe, expect, it } from 'vitest';
import {
  cropMarks,
  hatch,
  inRunSheets,
  ROWS_A_SHEET,
  RUN,
  type RunRow,
} from '../../../client/desk/cards/run-sheets.ts';
import { householdsToGive } from '../../../client/desk/cards/usePrintRun.ts';

function row(number: string, group: string): RunRow {
  const household = { id: `id-${number}`, number, head: '王明', group };
  const card = {
    household,
    code: '1'.repeat(12),
    lastDigits: '1111',
    issuedAtMs: 0,
    printedAtMs: null,
    hasPin: false,
  };
  return { card: { ...card, address: '' }, pin: '123456' };
}

describe('the sheets of a print run', () => {
  it('hold five households each, and each group begins a sheet of its own', () => {
    const rows = [
      ...Array.from({ length: 7 }, (_, n) => row(String(n), '第一组')),
      row('50', '第二组'),
      row('7', '第一组'),
    ];
    const sheets = inRunSheets(rows);
    expect(sheets.map(({ group, rows: own, page }) => [page, group, own.length])).toEqual([
      [1, '第一组', ROWS_A_SHEET],
      [2, '第一组', 3],
      [3, '第二组', 1],
    ]);
    expect(sheets.flatMap(({ rows: own }) => own)).toHaveLength(rows.length);
    expect(inRunSheets([])).toEqual([]);
  });

  it('fit on A4 with their marks', () => {
    expect(RUN.left + RUN.card + RUN.slip).toBeLessThan(210 - 5);
    expect(RUN.top + ROWS_A_SHEET * RUN.row).toBeLessThan(297 - 10);
    expect(RUN.panel * 3).toBe(RUN.slip);
    // A mark on both sides of each line, and one above each column.
    expect(cropMarks().split('M').length - 1).toBe(2 * (ROWS_A_SHEET + 1) + 3);
  });

  it('hatch a panel to its edges and not beyond', () => {
    const numbers = hatch(RUN.panel, RUN.row, 1.4).match(/[\d.]+ [\d.]+/g) ?? [];
    expect(numbers.length).toBeGreaterThan(100);
    for (const pair of numbers) {
      const [x = -1, y = -1] = pair.split(' ').map(Number);
      expect(x).toBeGreaterThanOrEqual(0);
      expect(x).toBeLessThanOrEqual(RUN.panel);
      expect(y).toBeGreaterThanOrEqual(0);
      expect(y).toBeLessThanOrEqual(RUN.row);
    }
  });
});

describe('the households that a run makes PINs for', () => {
  const cards = [
    { ...row('1', '').card, hasPin: false },
    { ...row('2', '').card, hasPin: true },
    { ...row('3', '').card, hasPin: true },
  ];
  const slips = new Set(['id-3']);

  it('are those without one', () => {
    expect(householdsToGive(cards, slips, false)).toEqual(['id-1']);
  });

  it('are, if it replaces, also those whose PIN can no longer be printed', () => {
    expect(householdsToGive(cards, slips, true)).toEqual(['id-1', 'id-2']);
  });
});
