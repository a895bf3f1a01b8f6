import { and, eq, inArray } from 'drizzle-orm';
import type { RowOf } from '../../db/index.ts';
import { OBJECTOR } from '../../shared/acts/program-words.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { PROPOSAL_TRANSITIONS } from '../../shared/proposals/states.ts';
import { badTold, type CheckAt, firstWrong, type StartCheck, type ToldAct } from '../acts/index.ts';
import { bookedEntries } from '../ledger/index.ts';
import { pagesById } from '../rows-by-id.ts';
import { wrongEntry } from './check-entry.ts';
import { missingProposal, strayEvent } from './check-missing.ts';
import { ToldProposals } from './told-proposals.ts';
import { CLOCK } from './may-decide.ts';
import type { ProposalRow } from './proposal-reads.ts';

type EventRow = RowOf<'proposalEvents'>;

/**
 * Compares every proposal that was posted with its entry, and every proposal with its own steps: who proposed, who decided,
 * for whom, under which rule, for how many points.
 */
export const checkProposals: StartCheck = (at) => {
  const parted = new Map<string, ToldAct['is']>();
  const told = new ToldProposals();
  return {
    take(act) {
      if (act.act === 'households.created' && act.is.has('from')) parted.set(act.id, act.is);
      if (act.act.startsWith('proposals.')) told.hear(act);
    },
    async finish({ isWhole }) {
      const codes = await ruleCodes(at);
      let [booked, steps] = [0, 0];
      for await (const page of pagesById(at, 'proposals')) {
        const events = await eventsOf(at, page);
        const numbers = page.flatMap(({ journalNumber }) => journalNumber ?? []);
        const entries = await bookedEntries(at.reader, at.villageId, numbers);
        for (const row of page) {
          const own = events.get(row.id) ?? [];
          const wrong =
            wrongSteps(at, row, own) ??
            wrongEntry(at, row, { entries, codes, parted }) ??
            told.compare(at, row, own, isWhole);
          if (wrong) return wrong;
          if (row.journalNumber !== null) booked += 1;
          steps += own.length;
        }
      }
      const stray = await strayEvent(at, steps);
      return stray ?? (isWhole ? (told.missing(at) ?? (await missingProposal(at, booked))) : null);
    },
  };
};

/** The codes of rules by their ids. They never change. */
async function ruleCodes({ reader, villageId }: CheckAt): Promise<ReadonlyMap<string, string>> {
  const { rules } = reader.t;
  const rows = await reader.db
    .select({ id: rules.id, code: rules.code })
    .from(rules)
    .where(eq(rules.villageId, villageId));
  return new Map(rows.map(({ id, code }) => [id, code]));
}

async function eventsOf({ reader, villageId }: CheckAt, page: readonly ProposalRow[]) {
  const { proposalEvents: table } = reader.t;
  const ids = page.map(({ id }) => id);
  const rows: EventRow[] =
    ids.length === 0
      ? []
      : await reader.db
          .select()
          .from(table)
          .where(and(eq(table.villageId, villageId), inArray(table.proposalId, ids)))
          .orderBy(table.proposalId, table.step);
  return Map.groupBy(rows, ({ proposalId }) => proposalId);
}

/** Each step begins where the one before ended, and is taken by somebody who may take it. The row is as the last one left it. */
function wrongSteps({ reader }: CheckAt, row: ProposalRow, events: readonly EventRow[]): BadRow | null {
  const { proposals, proposalEvents } = reader.t;
  const [first] = events;
  const last = events.at(-1);
  const { id } = row;
  if (!first || !last) return badTold(proposalEvents, { id: `${id} 1`, check: 'missing' });
  let state: string | null = null;
  for (const [index, event] of events.entries()) {
    const by = byOf(event);
    const isProposer = event.actorId === row.proposedBy;
    const wrong = firstWrong(proposalEvents, { id: `${id} ${String(index + 1)}`, check: 'told' }, [
      ['step', index + 1, event.step],
      ['fromState', state, event.fromState],
      ['toState', true, index === 0 ? event.toState === 'proposed' : transitionOf(event) !== undefined],
      ['actorId', by === 'proposer', isProposer],
      ['actorId', by === 'clock', event.actorId === CLOCK.id],
      ['actorId', by === 'objection', event.actorId === OBJECTOR],
    ]);
    if (wrong) return wrong;
    state = event.toState;
  }
  // The clock decides nothing, and no more does an objection that comes: who approved stays named.
  const decided = events.findLast((event) => byOf(event) !== 'clock' && byOf(event) !== 'objection') ?? last;
  const isDecided = byOf(decided) !== 'proposer';
  return firstWrong(proposals, { id, check: 'told' }, [
    ['proposedAtMs', first.atMs, row.proposedAtMs],
    ['state', last.toState, row.state],
    ['decidedBy', isDecided ? decided.actorId : null, row.decidedBy],
    ['decidedAtMs', isDecided ? decided.atMs : null, row.decidedAtMs],
    ['reason', isDecided ? decided.reason : null, row.reason],
    ['journalNumber', false, row.journalNumber !== null && row.state !== 'posted'],
  ]);
}

function byOf(event: EventRow) {
  return transitionOf(event)?.by ?? 'proposer';
}

function transitionOf({ fromState, toState }: EventRow) {
  return Object.values(PROPOSAL_TRANSITIONS).find(({ from, to }) => from === fromState && to === toState);
}
