import type { WrittenRow } from '../../db/index.ts';
import { PROPOSAL_KIND_NAMES, type ProposalKind } from '../../shared/proposal-kinds.ts';
import type { VillageSettings } from '../../shared/village/settings.ts';
import type { DecideAt } from '../at.ts';
import { type Ask, type Asks, type Known, together } from '../commands/index.ts';
import type { AccountRef, Book, EntryDraft, LedgerRefusal, PostOutcome } from '../ledger/index.ts';
import type { ChangeWork } from './change-work.ts';
import type { Marked } from './mark-stamps.ts';
import type { Doer } from './may-decide.ts';
import type { KnownProposal } from './proposal-reads.ts';

/** A decision about proposals. */
export interface DecisionAt extends DecideAt {
  readonly actor: Doer;
  readonly settings: VillageSettings;
  /** For the codes of new cards; answers 0…below−1, unpredictably. */
  readonly randomInt: (below: number) => number;
  /** The ledger with everything, for kinds that are carried out one by one. */
  readonly ledger: ChangeWork['ledger'];
  readonly kinds: readonly ProposalKindDef[];
  /**
   * When this caller was handed a mark; null: never. Without it nobody read anything, and it is not noted when they did: the
   * clock decides, say.
   */
  readonly handedOutAt?: (marked: Marked) => number | null;
}

/** The same in its transaction, for kinds that are carried out one by one. */
export type DecideWork = DecisionAt & ChangeWork;

/** The entries that an approval books, and the rows that it notes. */
interface Drafted {
  /** One for each proposal, in their order. */
  readonly entries: readonly (EntryDraft | LedgerRefusal)[];
  /** Entries that are booked before these, for no proposal of their own. */
  readonly first?: readonly EntryDraft[];
  /** Rows of the kind's own domain. */
  readonly rows?: readonly WrittenRow[];
}

/** `states` are those of the accounts before anything is booked. */
export type Drafting = (
  proposals: readonly KnownProposal[],
  at: DecisionAt,
  states: Book['states'],
) => Drafted;

/** How approved proposals become entries, the types of what is read for them set aside. */
export interface EntriesOfKind {
  /** Every account that the entries may move. */
  readonly accounts: (proposals: readonly KnownProposal[], at: DecisionAt) => readonly AccountRef[];
  /** Asks for what the entries of these depend on. The answer drafts those of some of them. */
  readonly drafting: (proposals: readonly KnownProposal[], at: DecisionAt) => Ask<Drafting>;
}

/** Declares the entries of a kind: what is read for them, and how they are drafted from that. */
export function entriesOfKind<Q extends Asks>(spec: {
  readonly accounts: EntriesOfKind['accounts'];
  readonly reads?: (proposals: readonly KnownProposal[], at: DecisionAt) => Q;
  readonly draft: (known: Known<Q>, ...drafting: Parameters<Drafting>) => Drafted;
}): EntriesOfKind {
  return {
    accounts: spec.accounts,
    drafting(all, asking) {
      const asked = together(spec.reads?.(all, asking) ?? ({} as Q));
      return {
        wanted: asked.wanted,
        pick(set) {
          const known = asked.pick(set);
          return (...drafted) => spec.draft(known, ...drafted);
        },
      };
    },
  };
}

/** How the server carries out what was approved. Kinds work in the order in which they are registered. */
export interface ProposalKindDef {
  readonly names: readonly ProposalKind[];
  /** True for what is approved although the household's account has ended. */
  readonly isOfClosed?: boolean;
  /** The entries of all kinds are booked in one go, before anything else. */
  readonly entries?: EntriesOfKind;
  /** Carries out one proposal by itself; answers null where nothing was booked. */
  readonly approve?: (work: DecideWork, proposal: KnownProposal) => Promise<PostOutcome | null>;
  /** Undoes what was noted when they were proposed, because they were withdrawn for good. */
  readonly dropped?: (work: DecideWork, proposals: readonly KnownProposal[]) => Promise<void>;
}

/** Throws unless each kind that can be proposed has one definition: checked once, when the server starts. */
export function checkKinds(kinds: readonly ProposalKindDef[]): void {
  const names = kinds.flatMap(({ names: own }) => own);
  const missing = PROPOSAL_KIND_NAMES.find((name) => !names.includes(name));
  if (missing) throw new Error(`nothing carries out a proposal of kind ${missing}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`two definitions carry out a proposal of kind ${twice}`);
}
