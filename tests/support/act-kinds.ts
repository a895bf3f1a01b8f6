import { createLedger, entryKind } from '../../server/ledger/index.ts';
import { LEDGER_KINDS } from '../../server/ledger-kinds.ts';

const acts = entryKind({
  kind: 'act_card_issued',
  mayPassFloor: false,
  source: ['household'],
  label: { zh: '发卡', en: 'Card issued' },
  lines: 'none',
});

/** The program's own kinds, and one of an act. */
export const ACT_KINDS = { ...LEDGER_KINDS, entries: { ...LEDGER_KINDS.entries, ...acts } };

/** A ledger of these kinds whose clock and salts repeat. */
export function actLedger(nowMs = 1_761_000_000_000) {
  let atMs = nowMs;
  let salts = 0;
  return createLedger({
    kinds: ACT_KINDS,
    clock: () => (atMs += 1000),
    guardsClock: false,
    newSalt: () => `ac${(salts += 1).toString(16).padStart(30, '0')}`,
  });
}

/** An act about a household: its new card is its own, the desk is nobody's. */
export function cardIssued(householdId: string, key: string, villageId = 'v1') {
  return {
    ...{ villageId, kind: 'act_card_issued' as const, effectiveOn: '2026-02-11', idempotencyKey: key },
    ...{ actorId: 'staff1', source: `household:${householdId}`, lines: [] },
    facts: [
      { name: 'card', value: `卡号 of ${householdId}`, ownerId: householdId },
      { name: 'by', value: `desk of ${key}` },
    ],
  };
}
