import { describe, expect, it } from 'vitest';
import type { Receipt } from '../../../server/kiosk/receipts.ts';
import { decideUndo, type UndoFacts } from '../../../server/kiosk/undo.ts';
import { refusalCode } from '../../support/refusal-code.ts';
import { UNDO_WITHIN_MS } from '../../../shared/kiosk/undo-limit.ts';

const line = (returned: number) => ({ returned }) as Receipt['lines'][number];
const receipt = { id: 'r1', undone: false, bookedAtMs: 1000, lines: [line(0)] } as unknown as Receipt;
const household = { number: '12', state: 'active' };
const facts: UndoFacts = { receipt, isOwn: false, latestId: 'r1', household };
const late = 1001 + UNDO_WITHIN_MS;

describe('the decision about an undo', () => {
  const closed = { number: '12', state: 'closed' };
  let bad: UndoFacts = { receipt: undefined, isOwn: true, latestId: 'r2', household: closed };
  const table: [code: string, facts: UndoFacts, nowMs: number][] = [['redemption.not_found', bad, late]];
  table.push(['redemption.own_household', (bad = { ...bad, receipt: { ...receipt, undone: true } }), late]);
  table.push(['redemption.undone', (bad = { ...bad, isOwn: false }), late]);
  const back = { ...receipt, lines: [line(0), line(1)] };
  table.push(['redemption.partly_returned', (bad = { ...bad, receipt: back }), late]);
  table.push(['redemption.undo_late', (bad = { ...bad, receipt }), late]);
  table.push(['redemption.undo_late', { ...bad, latestId: 'r1' }, late]);
  table.push(['redemption.undo_late', bad, late - 1]);
  table.push(['household.closed', { ...bad, latestId: 'r1' }, late - 1]);
  table.push(['decided', facts, late - 1]);

  it.each(table)('refuses in order: %s', (code, known, nowMs) => {
    expect(refusalCode(() => decideUndo(known, 'r1', nowMs))).toBe(code);
  });

  it('names the redemption to reverse', () => {
    expect(decideUndo(facts, 'r1', 1000)).toBe(receipt);
  });
});
