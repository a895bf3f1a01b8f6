import type { Tables } from '../../db/tables/index.ts';
import { PROPOSAL_KIND_NAMES, type ProposalKind } from '../../shared/proposal-kinds.ts';
import type { Cap } from '../../shared/rules/caps.ts';
import type { VillageSettings } from '../../shared/village/settings.ts';
import type { Actor } from '../http/index.ts';
import type { EntryInput, PostOutcome } from '../ledger/index.ts';
import type { ChangeWork } from './apply-change.ts';

/** A proposal with the rule as it was when this was proposed. */
export interface ProposalWithRule extends ProposalRow {
  readonly code: string;
  readonly wording: string;
  /** Code and wording, as the passbook shows them. */
  readonly title: string;
  readonly cap: Cap | null;
}

type ProposalRow = Tables['proposals']['$inferSelect'];

export interface DecideWork extends ChangeWork {
  readonly actor: Actor;
  readonly settings: VillageSettings;
  readonly kinds: readonly ProposalKindDef[];
}

/** How the server carries out what was approved. Kinds work in the order in which they are registered. */
export interface ProposalKindDef {
  readonly names: readonly ProposalKind[];
  /** True for what is approved although the household's account has ended. */
  readonly isOfClosed?: boolean;
  /** Makes one entry for each of the rows; the entries of all kinds are booked in one go, before anything else. */
  readonly entries?: (
    work: DecideWork,
    rows: readonly ProposalWithRule[],
  ) => readonly EntryInput[] | Promise<readonly EntryInput[]>;
  /** Carries out one proposal by itself; answers null where nothing was booked. */
  readonly approve?: (work: DecideWork, row: ProposalWithRule) => Promise<PostOutcome | null>;
  /** Undoes what was noted when they were proposed, because they were withdrawn for good. */
  readonly dropped?: (work: DecideWork, rows: readonly ProposalWithRule[]) => Promise<void>;
}

/** Throws unless each kind that can be proposed has one definition: checked once, when the server starts. */
export function checkKinds(kinds: readonly ProposalKindDef[]): void {
  const names = kinds.flatMap(({ names: own }) => own);
  const missing = PROPOSAL_KIND_NAMES.find((name) => !names.includes(name));
  if (missing) throw new Error(`nothing carries out a proposal of kind ${missing}`);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`two definitions carry out a proposal of kind ${twice}`);
}
