/** Entries as commands, for tests of the ledger alone. The domains' own commands draft theirs in the same way. */
import { command } from '../../server/commands/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { EntryKind } from '../../shared/ledger/entry-kinds.ts';
import {
  accountsOfHold,
  accountsToReverse,
  bookOf,
  type Book,
  entryByNumber,
  type EntryDraft,
  heldByNumber,
  type Ledger,
  type LedgerRefusal,
  orRefuse,
} from './ledger.ts';

/** The commands of a ledger with these kinds of entry. */
export function entryCommands<Kind extends string>() {
  type OfKind = Ledger<Kind>;
  type Draft = EntryDraft<Kind> | LedgerRefusal;

  function planOf(ledger: OfKind, book: Book, draft: Draft) {
    if ('code' in draft) throw new Refusal(draft.code, draft.params);
    const { rows, entries } = orRefuse(ledger.draft(book, [draft]));
    const [answer] = entries;
    if (!answer) throw new Error('a command without its entry');
    return { rows, answer };
  }

  return {
    postEntry: command<Draft, OfKind>()({
      reads: (draft) => ({
        book: bookOf('code' in draft ? [] : draft.lines.map(({ account }) => account)),
      }),
      decide: ({ book }, draft, ledger) => planOf(ledger, book, draft),
    }),

    reverseEntry: command<Parameters<OfKind['draftReversal']>[1], OfKind>()({
      reads: ({ number }) => ({ original: entryByNumber.one([number]) }),
      then: ({ original }, _, { kinds }) => ({
        book: bookOf(accountsToReverse(kinds, original?.lines ?? [])),
      }),
      decide: ({ original, book }, input, ledger) =>
        planOf(ledger, book, ledger.draftReversal(original, input)),
    }),

    endHold: command<Parameters<OfKind['draftHoldEnd']>[1], OfKind>()({
      reads: ({ holdNumber }) => ({ held: heldByNumber.one([holdNumber]) }),
      then: ({ held }, { spend }, { kinds }) => ({
        book: bookOf([...accountsOfHold(kinds, held), ...spend.map(({ account }) => account)]),
      }),
      decide: ({ held, book }, input, ledger) => planOf(ledger, book, ledger.draftHoldEnd(held, input)),
    }),
  };
}

export const { postEntry, reverseEntry, endHold } = entryCommands<EntryKind>();
