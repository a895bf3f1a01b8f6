import { createHash } from 'node:crypto';
import { chunked, type RowOf, type WrittenRow } from '../../db/index.ts';
import type { AnyAct } from '../../shared/acts/act.ts';
import type { DeedAttendance } from '../../shared/workdays/states.ts';
import { PROPOSALS_AT_ONCE_MOST, type ProposalState } from '../../shared/proposals/states.ts';
import { actEntry } from '../acts/index.ts';
import type { DraftAt } from '../at.ts';
import type { Call } from '../commands/index.ts';
import { bookAfter, bookOf, orRefuse } from '../ledger/index.ts';
import type { ProposalRow } from './proposal-reads.ts';

type EventRow = RowOf<'proposalEvents'>;

/** The same call, whose steps are told in the book in its commit, after what it books. Steps that post are not: their entries tell them. */
export function toldSteps<Answer>(at: Omit<DraftAt, 'idempotencyKey'>, call: Call<Answer>): Call<Answer> {
  const book = bookOf([]);
  return {
    first() {
      const asked = call.first();
      return { wanted: [...asked.wanted, ...book.wanted], pick: (set) => asked.pick(set) };
    },
    second: (set) => call.second(set),
    decide(set) {
      const plan = call.decide(set);
      const entries = actsOfSteps(plan.rows).flatMap((act) => actEntry({ ...at, via: 'desk' }, act) ?? []);
      if (entries.length === 0) return plan;
      const { rows } = orRefuse(at.ledger.draft(bookAfter(book.pick(set), plan.rows), entries));
      return { ...plan, rows: [...plan.rows, ...rows] };
    },
  };
}

/** The acts by which a proposal goes from one state to another. */
const ACTS: Readonly<Record<string, AnyAct['act'] & `proposals.${string}`>> = {
  '→proposed': 'proposals.proposed',
  'proposed→returned': 'proposals.returned',
  'returned→proposed': 'proposals.resubmitted',
  'proposed→withdrawn': 'proposals.withdrawn',
  'returned→laid_aside': 'proposals.laid_aside',
  'laid_aside→returned': 'proposals.taken_up',
  'proposed→on_notice': 'proposals.approved',
  'on_notice→returned': 'proposals.recalled',
  'on_notice→contested': 'proposals.contested',
  'contested→on_notice': 'proposals.cleared',
  'contested→returned': 'proposals.corrected',
};

/** A value of a fact holds so many steps, and an act has four of them. */
const STEPS_A_FIELD = PROPOSALS_AT_ONCE_MOST / 4;

/** The acts that tell the steps among these rows. All steps of a command are alike. */
export function actsOfSteps(rows: readonly WrittenRow[]): AnyAct[] {
  const proposals = new Map<string, ProposalRow>();
  const events: EventRow[] = [];
  for (const row of rows) {
    if (row.table === 'proposals') proposals.set(row.now.id, row.now);
    if (row.table === 'proposalEvents') events.push(row.now);
  }
  const told = events.filter(isTold);
  return chunked(told, PROPOSALS_AT_ONCE_MOST).flatMap((some): AnyAct[] => {
    const [first] = some;
    const act = first && ACTS[`${first.fromState ?? ''}→${first.toState}`];
    if (!act) return [];
    const on = `batch:${proposals.get(first.proposalId)?.batchId ?? ''}` as const;
    const [steps, steps2, steps3, steps4] = chunked(
      some.map((event) => tokenOf(event, proposals.get(event.proposalId))),
      STEPS_A_FIELD,
    );
    return [{ act, on, is: { count: some.length, steps, steps2, steps3, steps4 } }];
  });
}

/** Whether a step is told by an act. */
export function isTold({ toState }: { readonly toState: ProposalState }): boolean {
  return toState !== 'posted';
}

/** A step as it is told: the proposal, a digest of the step, and one of what the proposal is about from then on. */
export interface ToldStep {
  readonly proposalId: string;
  readonly event: string;
  readonly content: string;
}

function tokenOf(event: EventRow, row: ProposalRow | undefined): string {
  if (!row) throw new Error(`a step of ${event.proposalId} without its proposal`);
  return [event.proposalId, digestOfStep(event), digestOfContent(row)].join(' ');
}

export function toldStep(token: string): ToldStep {
  const [proposalId = '', event = '', content = ''] = token.split(' ');
  return { proposalId, event, content };
}

export function digestOfStep({ step, fromState, toState, actorId, atMs }: EventRow): string {
  return digest([step, fromState, toState, actorId, atMs]);
}

/** Everything that a proposal is about, without words: they may be erased, and whoever has a digest of a few words can try them out. */
export function digestOfContent(row: ProposalRow): string {
  const { kind, batchId, householdId, ruleId, ruleVersion, proposedBy, proposedAtMs, reversesNumber } = row;
  const { change, points, effectiveOn, seenAtMs, judgedBy, attendance } = row;
  // The end of an account moves what is there on the day on which it is approved.
  const isOfItsDay = change?.kind === 'merge' || change?.kind === 'departure';
  const figures = isOfItsDay ? [] : [points, effectiveOn];
  const what = change?.kind === 'split' ? [change.fresh.id, change.pointsHundredths] : change;
  const about = [kind, batchId, householdId, ruleId, ruleVersion, ...figures];
  // Nothing of it was kept before there were notices.
  const seen = seenAtMs === null ? [] : [seenAtMs];
  const judges = judgedBy === null ? [] : [judgedBy];
  const came = attendance === null ? [] : [attendanceOf(attendance)];
  return digest([...about, proposedBy, proposedAtMs, reversesNumber, what, ...seen, ...judges, ...came]);
}

/** In an order of its own: a database may give back another. */
function attendanceOf({ attendanceId, isLate, keptBy }: DeedAttendance) {
  return [attendanceId, isLate, keptBy];
}

const DIGITS = 16;

function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, DIGITS);
}

/** The digest of all steps so far, from that of those before. */
export function digestAfter(before: string, event: string): string {
  return digest([before, event]);
}
