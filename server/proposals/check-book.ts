import { and, eq, inArray } from 'drizzle-orm';
import type { RowOf } from '../../db/index.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import { PROPOSAL_TRANSITIONS, STATE_FACTS } from '../../shared/proposals/states.ts';
import { badTold, type CheckAt, firstWrong, type StartCheck, type ToldColumn } from '../acts/index.ts';
import { householdAccount } from '../households/ledger-kinds.ts';
import { accountId, type BookedEntry, bookedEntries } from '../ledger/index.ts';
import { pagesById } from '../rows-by-id.ts';
import { missingProposal, strayEvent } from './check-missing.ts';
import { RULE_FACT } from './ledger-kinds.ts';
import type { ProposalRow } from './proposal-reads.ts';

type EventRow = RowOf<'proposalEvents'>;

/**
 * Compares every proposal that was posted with its entry, and every proposal with its own steps: who proposed, who decided,
 * for whom, under which rule, for how many points.
 */
export const checkProposals: StartCheck = (at) => ({
  async finish({ isWhole }) {
    const codes = await ruleCodes(at);
    let [booked, steps] = [0, 0];
    for await (const page of pagesById(at, 'proposals')) {
      const events = await eventsOf(at, page);
      const entries = await bookedEntries(
        at.reader,
        at.villageId,
        page.flatMap(({ journalNumber }) => journalNumber ?? []),
      );
      for (const row of page) {
        const own = events.get(row.id) ?? [];
        const wrong = wrongSteps(at, row, own) ?? wrongEntry(at, row, { entries, codes });
        if (wrong) return wrong;
        if (row.journalNumber !== null) booked += 1;
        steps += own.length;
      }
    }
    return (await strayEvent(at, steps)) ?? (isWhole ? missingProposal(at, booked) : null);
  },
});

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
    const by = transitionOf(event)?.by ?? 'proposer';
    const isProposer = event.actorId === row.proposedBy;
    const wrong = firstWrong(proposalEvents, { id: `${id} ${String(index + 1)}`, check: 'told' }, [
      ['step', index + 1, event.step],
      ['fromState', state, event.fromState],
      ['toState', true, index === 0 ? event.toState === 'proposed' : transitionOf(event) !== undefined],
      ['actorId', by === 'proposer', isProposer],
    ]);
    if (wrong) return wrong;
    state = event.toState;
  }
  const isDecided = (transitionOf(last)?.by ?? 'proposer') !== 'proposer';
  return firstWrong(proposals, { id, check: 'told' }, [
    ['proposedAtMs', first.atMs, row.proposedAtMs],
    ['state', last.toState, row.state],
    ['decidedBy', isDecided ? last.actorId : null, row.decidedBy],
    ['decidedAtMs', isDecided ? last.atMs : null, row.decidedAtMs],
    ['reason', isDecided ? last.reason : null, row.reason],
    ['journalNumber', false, row.journalNumber !== null && !STATE_FACTS[row.state].isPosted],
  ]);
}

function transitionOf({ fromState, toState }: EventRow) {
  return Object.values(PROPOSAL_TRANSITIONS).find(({ from, to }) => from === fromState && to === toState);
}

interface Beside {
  readonly entries: ReadonlyMap<number, BookedEntry>;
  readonly codes: ReadonlyMap<string, string>;
}

/** The kinds of entry by which a proposal of a kind is posted; any if it is not named here. */
const ENTRY_KINDS: Readonly<Partial<Record<ProposalRow['kind'], readonly string[]>>> = {
  award: ['award'],
  deduction: ['deduction'],
  opening: ['opening'],
  reversal: ['reversal'],
  split: ['transfer'],
  merge: ['transfer'],
  departure: ['transfer', 'closing'],
};

function wrongEntry({ reader }: CheckAt, row: ProposalRow, { entries, codes }: Beside): BadRow | null {
  const { id, journalNumber: number } = row;
  if (number === null) return null;
  const { proposals } = reader.t;
  const entry = entries.get(number);
  const source = `proposal:${id}`;
  if (entry?.source !== source)
    return badTold(proposals, {
      ...{ id, number, column: 'journalNumber', check: 'entry', expected: source, found: entry?.source },
    });
  const own = accountId(householdAccount(row.householdId));
  const line = entry.lines.find((one) => one.accountId === own);
  const note = noteOf(entry);
  return firstWrong(proposals, { id, check: 'entry', number }, [
    ['kind', true, ENTRY_KINDS[row.kind]?.includes(entry.kind) ?? true],
    ['householdId', true, line !== undefined],
    ['points', line?.amount, row.points],
    ['proposedBy', entry.facts.get('proposedBy'), row.proposedBy],
    ['decidedBy', entry.actorId, row.decidedBy],
    ['reversesNumber', entry.reversesNumber, row.reversesNumber],
    // Others are posted on the day on which they are approved.
    ...(row.kind === 'opening' || row.kind === 'split'
      ? []
      : [['effectiveOn', entry.effectiveOn, row.effectiveOn] as const]),
    ...(note === null ? [] : [['note', note, row.note] as const]),
    ...ruleColumns(entry, row, codes),
  ]);
}

function ruleColumns(entry: BookedEntry, row: ProposalRow, codes: Beside['codes']): ToldColumn[] {
  const told = entry.facts.get(RULE_FACT);
  if (told === undefined)
    return [
      ['ruleId', null, row.ruleId],
      ['ruleVersion', null, row.ruleVersion],
    ];
  const at = (told ?? '').lastIndexOf(' ');
  return [
    ['ruleId', told?.slice(0, at), codes.get(row.ruleId ?? '')],
    ['ruleVersion', told?.slice(at + 1), String(row.ruleVersion)],
  ];
}

/** The note that the entry's text has; null when the text was erased. */
function noteOf({ body }: BookedEntry): string | null {
  return body === null ? null : body === undefined ? '' : (JSON.parse(body) as { note: string }).note;
}
