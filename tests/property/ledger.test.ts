import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Reader } from '../../db/store.ts';
import {
  type AccountRef,
  balance,
  balanceOn,
  heldAccount,
  householdAccount,
  passbook,
  verify,
} from '../support/ledger.ts';
import { type Answered, Book, testLedger } from '../support/books.ts';
import { ENGINES, openTestStore, type TestStore } from '../support/stores.ts';

const runs = process.env.JISHAN_LONG ? 300 : 25;
const HOUSEHOLDS = ['h1', 'h2', 'h3'];
const DAYS = ['2026-05-01', '2026-05-02', '2026-05-03', '2026-05-04'];

/** Commands to a village's ledger, in any order and with repeated keys. */
const command = fc.record({
  act: fc.constantFrom(
    'award',
    'award',
    'award',
    'deduct',
    'deductBelow',
    'redeem',
    'hold',
    'hold',
    'resolve',
    'release',
    'reverse',
  ),
  household: fc.constantFrom(...HOUSEHOLDS),
  points: fc.integer({ min: 1, max: 60 }),
  /** Sends the previous command again. */
  again: fc.boolean(),
  day: fc.constantFrom(...DAYS),
  key: fc.integer({ min: 1, max: 60 }),
  /** An index into the present holds or entries. One past the last does not exist. */
  target: fc.nat({ max: 20 }),
});
type Command = typeof command extends fc.Arbitrary<infer C> ? C : never;

const commands = fc
  .array(command, { minLength: 15, maxLength: 60, size: 'max' })
  .map((list) =>
    list.map((one, index) => (one.again && one.points % 3 === 0 ? { ...one, ...list[index - 1] } : one)),
  );

interface ModelEntry {
  readonly number: number;
  readonly kind: string;
  readonly key: string;
  readonly content: string;
  readonly day: string;
  readonly moves: readonly [account: string, amount: number][];
  readonly mayPassFloor: boolean;
}

/** A model of the ledger. It predicts each command's answer and every balance. */
class Model {
  readonly entries: ModelEntry[] = [];

  balance(account: string, until: (entry: ModelEntry) => boolean = () => true): number {
    return this.entries.filter(until).reduce((sum, entry) => sum + amountOf(entry, account), 0);
  }

  /** Turns the command's `target` into a number in the book. */
  aim(c: Command): Command {
    if (!['resolve', 'release', 'reverse'].includes(c.act)) return c;
    const fitting = this.entries.filter((entry) => c.act === 'reverse' || entry.kind === 'hold');
    return { ...c, target: fitting[c.target % (fitting.length + 1)]?.number ?? 9999 };
  }

  /** Returns 'ok', 'replay' or the code of the refusal. */
  predict(c: Command): string {
    const key = keyOf(c);
    const base = { key, day: c.day, mayPassFloor: c.act === 'deductBelow' };
    const household = `household ${c.household}`;
    const held = `held ${c.household}`;
    switch (c.act) {
      case 'award':
        return this.append({ ...base, kind: 'award', moves: [[household, c.points]] });
      case 'deduct':
      case 'deductBelow':
        return this.append({ ...base, kind: 'deduction', moves: [[household, -c.points]] });
      case 'redeem':
        return this.append({ ...base, kind: 'redemption', moves: [[household, -c.points]] });
      case 'hold':
        return this.append({
          ...base,
          kind: 'hold',
          moves: [
            [household, -c.points],
            [held, c.points],
          ],
        });
      case 'resolve':
      case 'release':
        return this.resolve(c, base);
      default:
        return this.reverse(c, base);
    }
  }

  private resolve(c: Command, base: { key: string; day: string; mayPassFloor: boolean }): string {
    const hold = this.entries.find((entry) => entry.number === c.target && entry.kind === 'hold');
    if (!hold) return this.unlessUsed(base.key, 'ledger.hold_not_found');
    const holder = (hold.moves[0]?.[0] ?? '').replace('household ', '');
    const points = amountOf(hold, `held ${holder}`);
    const spent = c.act === 'resolve' ? c.points : 0;
    if (spent > points) return this.unlessUsed(base.key, 'ledger.hold_exceeded');
    const back: [string, number][] = points > spent ? [[`household ${holder}`, points - spent]] : [];
    const moves: [string, number][] = [[`held ${holder}`, -points], ...back];
    const kind = c.act === 'resolve' ? `redemption of ${String(c.target)}` : `release of ${String(c.target)}`;
    const resolved = this.entries.some((entry) => entry.kind.endsWith(` of ${String(c.target)}`));
    return this.append({ ...base, kind, moves }, resolved ? 'ledger.hold_resolved' : null);
  }

  private reverse(c: Command, base: { key: string; day: string; mayPassFloor: boolean }): string {
    const original = this.entries.find((entry) => entry.number === c.target);
    if (!original) return this.unlessUsed(base.key, 'ledger.entry_not_found');
    if (/^(hold|release|reversal)/.test(original.kind))
      return this.unlessUsed(base.key, 'ledger.not_reversible');
    const merged = new Map<string, number>();
    for (const [account, amount] of original.moves) {
      const target = account.replace('held ', 'household ');
      merged.set(target, (merged.get(target) ?? 0) - amount);
    }
    const kind = `reversal ${String(c.target)}`;
    const reversed = this.entries.some((entry) => entry.kind === kind);
    const moves = [...merged].filter(([, amount]) => amount !== 0);
    return this.append({ ...base, kind, moves }, reversed ? 'ledger.already_reversed' : null);
  }

  /** The command that had the key before was not refused, so that this is another one. */
  private unlessUsed(key: string, code: string): string {
    return this.entries.some((one) => one.key === key) ? 'idempotency.conflict' : code;
  }

  private append(entry: Omit<ModelEntry, 'number' | 'content'>, refused: string | null = null): string {
    const content = JSON.stringify([entry.kind, entry.day, entry.moves, entry.mayPassFloor]);
    const earlier = this.entries.find((one) => one.key === entry.key);
    if (earlier) return earlier.content === content ? 'replay' : 'idempotency.conflict';
    if (refused) return refused;
    for (const [account, amount] of [...entry.moves].sort()) {
      if (amount < 0 && this.balance(account) + amount < 0 && !entry.mayPassFloor) {
        return account.startsWith('household') ? 'ledger.points_short' : 'ledger.floor';
      }
    }
    this.entries.push({ ...entry, content, number: this.entries.length + 1 });
    return 'ok';
  }
}

function amountOf(entry: ModelEntry, account: string): number {
  return entry.moves.filter(([name]) => name === account).reduce((sum, [, amount]) => sum + amount, 0);
}

function keyOf(c: Command): string {
  return `key${String(c.key)}`;
}

function run(book: Book, c: Command): Promise<Answered> {
  const common = { key: keyOf(c), day: c.day };
  switch (c.act) {
    case 'award':
      return book.award(c.household, c.points, common);
    case 'deduct':
      return book.deduct(c.household, c.points, common);
    case 'deductBelow':
      return book.deduct(c.household, c.points, { ...common, mayPassFloor: true });
    case 'redeem':
      return book.spend(c.household, c.points, common);
    case 'hold':
      return book.hold(c.household, c.points, common);
    case 'resolve':
      return book.resolve(c.target, c.points, common);
    case 'release':
      return book.resolve(c.target, 0, common);
    default:
      return book.reverse(c.target, common);
  }
}

function answered(outcome: Answered): string {
  if (!outcome.ok) return outcome.code;
  return outcome.replay ? 'replay' : 'ok';
}

async function compare(reader: Reader, villageId: string, model: Model): Promise<void> {
  for (const household of HOUSEHOLDS) {
    const accounts = [
      [householdAccount(household), `household ${household}`],
      [heldAccount(household), `held ${household}`],
    ] as const;
    for (const [account, name] of accounts) {
      expect(await balance(reader, villageId, account)).toBe(model.balance(name));
      for (const day of DAYS) {
        expect(await balanceOn(reader, villageId, account, day)).toBe(
          model.balance(name, (entry) => entry.day <= day),
        );
      }
      const touching = model.entries.filter((entry) => entry.moves.some(([moved]) => moved === name));
      const lines = await wholePassbook(reader, villageId, account);
      expect(lines.map((line) => line.number)).toEqual(touching.map((entry) => entry.number).reverse());
      let sum = 0;
      const balances = touching.map((entry) => (sum += amountOf(entry, name)));
      expect(lines.map((line) => line.balanceAfter)).toEqual(balances.reverse());
    }
  }
}

async function wholePassbook(reader: Reader, villageId: string, account: AccountRef) {
  const lines = [];
  let before: string | undefined;
  do {
    const page = await passbook(reader, villageId, account, { before, limit: 3 });
    lines.push(...page.lines);
    before = page.next ?? undefined;
  } while (before !== undefined);
  return lines;
}

describe.each(ENGINES)('the ledger against its model on $engine', ({ engine, missing }) => {
  describe.skipIf(missing)('any sequence of commands', () => {
    let test: TestStore;
    let villages = 0;
    beforeAll(async () => {
      test = await openTestStore(engine);
    });
    afterAll(() => test.remove());

    it('answers as the model does and keeps every invariant', async () => {
      await fc.assert(
        fc.asyncProperty(commands, async (list) => {
          const book = new Book(test.store, testLedger(), `v${String(++villages)}`);
          await book.open();
          const model = new Model();
          let last: Command | undefined;
          for (const next of list) {
            // A repeat must keep the first one's target, or its content would differ.
            const one = next.key === last?.key && next.act === last.act ? last : model.aim(next);
            last = one;
            expect(answered(await run(book, one)), JSON.stringify(one)).toBe(model.predict(one));
          }
          await test.store.read((reader) => compare(reader, book.villageId, model));
          const verification = await verify(test.store, book.villageId);
          expect(verification).toMatchObject({ ok: true, entries: model.entries.length });
        }),
        { numRuns: runs },
      );
    });

    it('keeps them when commands arrive at once', async () => {
      await fc.assert(
        fc.asyncProperty(commands, async (list) => {
          const book = new Book(test.store, testLedger(), `v${String(++villages)}`);
          await book.open();
          await Promise.all(list.map((one) => run(book, one)));
          const accounts = HOUSEHOLDS.flatMap((household) => [
            householdAccount(household),
            heldAccount(household),
          ]);
          const balances = await test.store.read(async (reader) => {
            const found = [];
            for (const account of accounts) found.push(await balance(reader, book.villageId, account));
            return found;
          });
          const mayOwe = list.some((one) => one.act === 'deductBelow');
          expect(balances.every((one) => one >= 0) || mayOwe).toBe(true);
          expect(await verify(test.store, book.villageId)).toMatchObject({ ok: true });
        }),
        { numRuns: runs },
      );
    });
  });
});
