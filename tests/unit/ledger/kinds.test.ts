import { describe, expect, expectTypeOf, it } from 'vitest';
import { LEDGER_KINDS } from '../../../server/ledger-kinds.ts';
import {
  accountId,
  accountKind,
  type AccountRef,
  createLedger,
  entryKind,
  ledgerKinds,
  parseAccountId,
} from '../../../server/ledger/index.ts';
import { ENTRY_KIND_LABELS } from '../../../shared/ledger/entry-kinds.ts';
import { fold } from '../../../shared/fold.ts';
import { OTHER_KINDS } from '../../support/other-kinds.ts';

const contractKinds: Readonly<Record<string, { zh: string; en: string }>> = ENTRY_KIND_LABELS;
const label = { zh: '某', en: 'some' };
const { household, shelf, issued } = LEDGER_KINDS.accounts;

describe('a kind of account', () => {
  it('makes accounts of its own unit, and of an owner that need not be the item', () => {
    const ofLot = shelf.of('lot1', 'soap');
    expect(ofLot).toEqual({ kind: 'shelf', ownerId: 'lot1', unit: 'SKU.soap', floor: 0 });
    expectTypeOf(ofLot).toEqualTypeOf<AccountRef<'shelf', 'SKU.soap'>>();
    expect(household.of('h1')).toEqual({ kind: 'household', ownerId: 'h1', unit: 'POINT', floor: 0 });
    expectTypeOf(household.of('h1')).toEqualTypeOf<AccountRef<'household', 'POINT'>>();
    expect(accountId(issued.of())).toBe('issued:village:POINT');
    // @ts-expect-error goods have an item
    expect(parseAccountId(LEDGER_KINDS, accountId(shelf.of('lot1')))).toBeNull();
    // @ts-expect-error points have none
    household.of('h1', 'soap');
    // @ts-expect-error the book itself has one account of this kind
    issued.of('h1');
  });

  it('names the owner of an account of its own, and of no other', () => {
    expect(household.ownerOf('household:h1:POINT')).toBe('h1');
    expect(household.ownerOf('households:h1:POINT')).toBeNull();
    expect(household.ownerOf('held:h1:POINT')).toBeNull();
    expect(household.ownerOf('household:h1')).toBeNull();
  });
});

describe('an account id', () => {
  const parsed = (id: string) => parseAccountId(OTHER_KINDS, id);

  it('is read back into the account it names, whatever owns it', () => {
    const { lot, fund, budget } = OTHER_KINDS.accounts;
    for (const account of [lot.of('2026-05-01_a', 'rice'), fund.of('donor-7'), budget.of('road')]) {
      expect(parsed(accountId(account))).toEqual(account);
    }
    const account = parsed('fund:donor-7:CNY');
    expect(account?.kind === 'fund' && account.unit).toBe('CNY');
    if (account?.kind === 'fund') expectTypeOf(account.unit).toEqualTypeOf<'CNY'>();
  });

  it('is none when kind, unit or owner cannot be', () => {
    for (const id of [
      'household:h1:POINT',
      'fund:donor-7:POINT',
      'lot:a:SKU.',
      'lot:a:rice',
      'lot:a:SKU.ri ce',
      'lot::SKU.rice',
      `fund:${'a'.repeat(65)}:CNY`,
      'fund:a:CNY:b',
      'fund:a',
      '',
    ]) {
      expect(parsed(id), id).toBeNull();
    }
  });

  it('is none when its kind is a name that every object has', () => {
    for (const name of ['toString', 'constructor', '__proto__', 'hasOwnProperty', 'valueOf']) {
      expect(parsed(`${name}:a:POINT`), name).toBeNull();
    }
  });
});

describe('a registry', () => {
  it('of the program has the kinds of entry that the contract has', () => {
    expect(Object.keys(LEDGER_KINDS.entries).sort()).toEqual(Object.keys(contractKinds).sort());
    for (const [kind, spec] of Object.entries(LEDGER_KINDS.entries)) {
      expect([kind, spec.label]).toEqual([spec.kind, contractKinds[kind]]);
    }
  });

  it('has each kind under its own name', () => {
    for (const [name, { kind, label }] of Object.entries(LEDGER_KINDS.accounts)) {
      expect([kind, label.zh, label.en].map((text) => text.trim())).not.toContain('');
      expect(kind).toBe(name);
    }
  });

  it('refuses two kinds of one name', () => {
    const one = accountKind({ kind: 'pot', unit: 'CNY', floor: 0, owner: 'pot', label, section: 'assets' });
    expect(() => fold([one, one])).toThrow('two domains define pot');
    const hold = entryKind({ kind: 'hold', mayPassFloor: true, source: null, label });
    expect(() => ledgerKinds({}, hold)).toThrow('a name of the ledger');
  });

  it('refuses names that cannot stand in an account id', () => {
    for (const kind of ['', 'Pot', 'pot:a', '1pot', '__proto__']) {
      const pot = { kind, unit: 'CNY', floor: 0, owner: 'pot', label, section: 'assets' } as const;
      expect(() => ledgerKinds(accountKind(pot), {}), kind).toThrow('cannot name a kind of account');
    }
  });

  it('refuses a kind that holds for one that is not there, has another unit, or holds itself', () => {
    const pot = { unit: 'CNY', floor: 0, owner: 'pot', label, section: 'assets' } as const;
    const of = (unit: 'CNY' | 'POINT', holdsFor?: string) => ({
      ...accountKind({ ...pot, kind: 'pot', unit, ...(holdsFor === undefined ? {} : { holdsFor }) }),
      ...accountKind({ ...pot, kind: 'apart', holdsFor: 'pot' }),
    });
    expect(() => ledgerKinds(of('CNY'), {})).not.toThrow();
    expect(() => ledgerKinds(of('POINT'), {})).toThrow('apart cannot hold for pot');
    expect(() => ledgerKinds(of('CNY', 'apart'), {})).toThrow('cannot hold for');
    expect(() => ledgerKinds(of('CNY', 'jar'), {})).toThrow('pot cannot hold for jar');
  });

  it('refuses a kind of entry with lines on accounts that are not there', () => {
    const move = entryKind({
      kind: 'move',
      mayPassFloor: false,
      source: null,
      label,
      lines: { every: 'toString' },
    });
    expect(() => ledgerKinds({}, move)).toThrow('which is no kind of account');
  });

  it('knows acts by their names, and lets them move nothing', () => {
    const kinds = (kind: string, more: object = {}) =>
      ledgerKinds({}, entryKind({ kind, mayPassFloor: false, source: null, label, ...more }));
    for (const kind of ['act_card_issued', 'act_2']) {
      expect(() => kinds(kind, { lines: 'none' })).not.toThrow();
      expect(() => kinds(kind), kind).toThrow('acts alone have no lines');
      expect(() => kinds(kind, { lines: { inOrder: [] } }), kind).toThrow('acts alone have no lines');
    }
    for (const kind of ['action', 'fact', 'act_', 'act-x', 'Act', 'award'])
      expect(() => kinds(kind, { lines: 'none' }), kind).toThrow('acts alone have no lines');
    for (const more of [{ mayPassFloor: true }, { endsHold: true }, { reversalMayBeProposed: true }])
      expect(() => kinds('act_2', { lines: 'none', ...more })).toThrow('moves nothing');
  });

  it('lets the compiler see which entries can be posted', () => {
    const ledger = createLedger({ clock: () => 0, kinds: OTHER_KINDS });
    expectTypeOf<Parameters<typeof ledger.post>[1]['kind']>().toEqualTypeOf<
      'grant' | 'purchase' | 'handout' | 'act_keys_given' | 'act' | 'hold' | 'release' | 'reversal' | 'return'
    >();
  });
});
