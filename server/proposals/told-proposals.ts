import type { RowOf } from '../../db/index.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { badTold, type CheckAt, firstWrong, type ToldAct } from '../acts/index.ts';
import type { ProposalRow } from './proposal-reads.ts';
import { digestAfter, digestOfContent, digestOfStep, isTold, toldStep } from './told-steps.ts';

/** A proposal as the acts leave it. */
interface ToldProposal {
  /** The digest of all its steps so far. */
  readonly steps: string;
  readonly content: string;
  /** The act of its last step. */
  readonly number: number;
}

const FIELDS = ['steps', 'steps2', 'steps3', 'steps4'] as const;

/** The steps of all proposals as the acts tell them: two digests a proposal, however many steps it took. */
export class ToldProposals {
  private readonly told = new Map<string, ToldProposal>();

  hear({ is, number }: ToldAct): void {
    for (const field of FIELDS)
      for (const token of (is.get(field) ?? []) as readonly string[]) {
        const { proposalId, event, content } = toldStep(token);
        const before = this.told.get(proposalId)?.steps ?? '';
        this.told.set(proposalId, { steps: digestAfter(before, event), content, number });
      }
  }

  /** Compares a proposal with what was told of it, whatever has become of it since. */
  compare(
    { reader }: CheckAt,
    row: ProposalRow,
    events: readonly RowOf<'proposalEvents'>[],
    isWhole: boolean,
  ): BadRow | null {
    const { id } = row;
    const { proposals, proposalEvents } = reader.t;
    const told = this.told.get(id);
    this.told.delete(id);
    if (!told) return isWhole ? badTold(proposals, { id, check: 'orphan' }) : null;
    const { number } = told;
    if (digestOfContent(row) !== told.content) return badTold(proposals, { id, number, check: 'told' });
    const steps = events
      .filter(isTold)
      .reduce((before, event) => digestAfter(before, digestOfStep(event)), '');
    return firstWrong(proposalEvents, { id, number, check: 'told' }, [['step', told.steps, steps]]);
  }

  /** The first that was told of and is not there. */
  missing({ reader }: CheckAt): BadRow | null {
    const [lost] = this.told;
    return lost
      ? badTold(reader.t.proposals, { id: lost[0], number: lost[1].number, check: 'missing' })
      : null;
  }
}
