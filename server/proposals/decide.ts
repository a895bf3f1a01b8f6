import { added, changed, type WrittenRow, writeRows } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import { markContent } from '../../shared/proposals/mark-content.ts';
import {
  OPEN_STATES,
  PROPOSAL_TRANSITIONS,
  type ProposalAction,
  type ProposalState,
  type ProposalStep,
  STATE_FACTS,
  stepFor,
  type Transition,
} from '../../shared/proposals/states.ts';
import type { DecideAt } from '../at.ts';
import { command, given, type Plan, together } from '../commands/index.ts';
import { householdById } from '../households/index.ts';
import { type Book, bookOf, type EntryDraft, type FactInput, type LedgerRefusal } from '../ledger/index.ts';
import { staffById } from '../staff/index.ts';
import type { NameOf } from './cap-refusal.ts';
import { type NewDeed, refuseOverCap, type Standing, standingUnder } from './caps.ts';
import {
  askForChosen,
  candidates,
  choosable,
  type Chosen,
  chosenProposals,
  markNow,
} from './chosen-proposals.ts';
import { refuseClosed, refuseWordless } from './create.ts';
import { refuseWrongHands } from './may-decide.ts';
import { SEEN_FACT } from './ledger-kinds.ts';
import { type SeenAt, seenIn } from './seen-facts.ts';
import { touchedBy } from './open-proposals.ts';
import { askForRelease, photosReleased } from './photos.ts';
import type { DecideWork, DecisionAt, Drafting, ProposalKindDef } from './proposal-kind.ts';
import { capsOn, type KnownProposal } from './proposal-reads.ts';
import { accountsOfPoints, pointsNow } from './seen-version.ts';

export interface Decision extends Chosen {
  /** The clock asks for `post`, and for nothing else. */
  readonly action: ProposalAction | 'post';
  readonly reason: string;
  /** The notice whose end it is; only with `post`, and not for deductions. */
  readonly noticeId?: string;
  /** The marks that the caller saw, in the order of `ids`; see markOf. */
  readonly marks?: readonly string[] | undefined;
}

interface Decided {
  /** The state of the first. When several are approved together, some may be on notice while others are posted. */
  readonly state: ProposalState;
  readonly ids: string[];
  /** How many are on notice now, and not posted yet. */
  readonly onNotice: number;
  /** In the order of `ids`, without those that booked nothing. */
  readonly journalNumbers: number[];
}

/**
 * Moves all of the proposals one step, or none. Approving posts each as an entry of its own, in the same commit. A
 * change of a household without points makes no entry.
 */
export const decide = command<Decision, DecisionAt>()({
  reads: (decision, { actor }) => ({
    staff: actor.kind === 'clock' ? given(actor) : staffById.one([actor.id]),
    ...askForChosen(decision),
  }),
  then({ staff, ...known }, decision, at) {
    const all = choosable(known, staff ?? at.actor, decision.action, decision);
    const { posted, counting, released } = sorted(all, decision, at);
    const kinds = ofKinds(at, posted);
    const drafting = kinds.map(({ entries, own }) => entries.drafting(own, at));
    const accounts = kinds.flatMap(({ entries, own }) => entries.accounts(own, at));
    return {
      book: bookOf([...accounts, ...accountsOfPoints(candidates(known, decision))]),
      households: householdById.each(all.flatMap(({ row }) => touchedBy(row)).map((id) => [id])),
      standing: standingUnder(counting.map((one) => asDeed(one, [one.caps, capsOn(one, at.today)]))),
      photos: together(askForRelease(photosOf(released))),
      drafting: together(Object.fromEntries(drafting.map((ask, index) => [index, ask]))),
    };
  },
  decide({ staff, proposals, open, exists, ...known }, decision, at): Plan<Decided> {
    const { action, reason } = decision;
    const { needsReason } = PROPOSAL_TRANSITIONS[action];
    if (needsReason && reason === '') throw new Refusal('proposal.reason_missing');
    if (!staff) throw new Refusal('staff.not_found');
    // The declared family counts as it is now: the caller may have been looked up before it was declared.
    // So does its confirmation, unless the books are not open yet.
    const confirmedAtMs = at.actor.confirmedAtMs === 0 ? 0 : staff.confirmedAtMs;
    const actor = { ...at.actor, householdIds: staff.householdIds, confirmedAtMs };
    const found = { proposals, open, exists };
    const points = pointsNow(candidates(found, decision), known.book.states);
    const chosen = chosenProposals(found, points, actor, action, decision);
    for (const { row } of chosen) refuseWrongHands(actor, PROPOSAL_TRANSITIONS[action], row);
    refuseOffNotice(chosen, decision);
    refuseContested(chosen, decision);
    refuseChanged(chosen, decision, points);
    refuseCaps(chosen, decision, known, at);
    const { posted, onNotice, released, dropped } = sorted(chosen, decision, at);
    const photos = photosReleased(known.photos, photosOf(released), idsOf(released));
    const seen = seenIn(decision, at);
    const booked = book(at, posted, { ...known, seen });
    const steps = chosen.flatMap((one) => {
      const step = stepFor(action, one.row, at.settings);
      const journalNumber = booked.numbers.get(one.row.id) ?? null;
      return stepRows(at, one, { step, reason, change: { journalNumber, ...besideOf(step, seen(one)) } });
    });
    const [first] = chosen;
    const answer = (numbers: ReadonlyMap<string, number>): Decided => ({
      state: PROPOSAL_TRANSITIONS[stepFor(action, { kind: '', ...first?.row }, at.settings)].to,
      ids: idsOf(chosen),
      onNotice: onNotice.length,
      journalNumbers: idsOf(chosen).flatMap((id) => numbers.get(id) ?? []),
    });
    const plan = { rows: [...booked.rows, ...steps, ...photos] };
    if (at.kinds.some((kind) => kind.approve && ownOf(kind, posted).length > 0))
      return {
        ...plan,
        work: async (tx) =>
          answer(await approveEach({ ...at, tx }, posted, { ...known, numbers: booked.numbers })),
      };
    if (at.kinds.some((kind) => kind.dropped && ownOf(kind, dropped).length > 0))
      return { ...plan, work: (tx) => dropEach({ ...at, tx }, dropped).then(() => answer(booked.numbers)) };
    return { ...plan, answer: answer(booked.numbers) };
  },
});

/** The proposals by what the decision means for them. */
function sorted(
  all: readonly KnownProposal[],
  { action }: Decision,
  { settings }: Pick<DecisionAt, 'settings'>,
): Readonly<Record<'posted' | 'onNotice' | 'counting' | 'released' | 'dropped', readonly KnownProposal[]>> {
  const toOf = ({ row }: KnownProposal) => PROPOSAL_TRANSITIONS[stepFor(action, row, settings)].to;
  const where = (is: (to: ProposalState) => boolean) => all.filter((one) => is(toOf(one)));
  return {
    posted: where((to) => STATE_FACTS[to].isPosted),
    onNotice: where((to) => to === 'on_notice'),
    counting: where((to) => STATE_FACTS[to].countsUnderCap),
    released: where((to) => !STATE_FACTS[to].keepsPhotos),
    dropped: where((to) => !STATE_FACTS[to].isPosted && !OPEN_STATES.includes(to)),
  };
}

/** The further columns that a step changes. A deed that is taken off its notice comes on another one. */
function besideOf(step: ProposalStep, seenAtMs: number | null): Partial<KnownProposal['row']> {
  if (step === 'announce') return { seenAtMs };
  return step === 'recall' ? { seenAtMs: null, noticeId: null } : {};
}

/** The rows of one step of a proposal, which the caller may take. */
export function stepRows(
  { villageId, actorId, nowMs }: DecideAt,
  { row, lastStep }: Pick<KnownProposal, 'row' | 'lastStep'>,
  {
    step,
    reason,
    change,
  }: {
    readonly step: ProposalStep;
    readonly reason: string;
    readonly change: Partial<KnownProposal['row']>;
  },
): WrittenRow[] {
  const { to, by } = PROPOSAL_TRANSITIONS[step];
  return [
    changed('proposals', row, { state: to, ...decisionOf(by, { actorId, nowMs, reason }), ...change }),
    added('proposalEvents', {
      ...{ villageId, proposalId: row.id, step: lastStep + 1, fromState: row.state, toState: to },
      ...{ actorId, reason, atMs: nowMs },
    }),
  ];
}

/** The columns that name the decision. Neither the clock nor an objection decides: whoever approved stays named. */
function decisionOf(
  by: Transition['by'],
  { actorId, nowMs, reason }: Pick<DecideAt, 'actorId' | 'nowMs'> & { readonly reason: string },
): Partial<KnownProposal['row']> {
  if (by === 'clock' || by === 'objection') return {};
  if (by === 'proposer') return { decidedBy: null, decidedAtMs: null, reason: null };
  return { decidedBy: actorId, decidedAtMs: nowMs, reason: reason === '' ? null : reason };
}

/** Nothing is posted by the clock that does not stand on the notice whose end it is. A deduction stands on none. */
function refuseOffNotice(chosen: readonly KnownProposal[], { action, noticeId }: Decision): void {
  const isOff = ({ row: { kind, noticeId: own } }: KnownProposal) =>
    kind === 'deduction' ? noticeId !== undefined : own !== (noticeId ?? '');
  const other = action === 'post' ? chosen.find(isOff) : undefined;
  if (other) throw new Refusal('proposal.state', { state: other.row.state });
}

/** A deed that came back while others still object to it is approved once all of them have their answer. */
function refuseContested(chosen: readonly KnownProposal[], { action }: Decision): void {
  const held = action === 'approve' ? chosen.filter(({ row }) => row.openObjections !== null) : [];
  if (held.length > 0) throw new Refusal('proposal.contested', { count: held.length });
}

/** Refuses when one of them is no longer what the caller had before their eyes. */
function refuseChanged(
  chosen: readonly KnownProposal[],
  { ids = [], marks }: Decision,
  points: ReadonlyMap<string, number>,
): void {
  if (!marks) return;
  const seen = new Map(ids.map((id, at) => [id, markContent(marks[at] ?? '')]));
  const other = chosen.filter((one) => seen.has(one.row.id) && seen.get(one.row.id) !== markNow(one, points));
  if (other.length > 0) throw new Refusal('proposal.changed', { count: other.length });
}

interface Beside {
  readonly standing: Standing;
  readonly households: NameOf;
}

/**
 * A deed that waits keeps its place under the rule it was proposed under, when the rule becomes stricter, and loses it to
 * nobody when it becomes looser. One that comes back takes a place under today's.
 */
function refuseCaps(
  chosen: readonly KnownProposal[],
  { action }: Decision,
  { standing, households: nameOf }: Beside,
  { today }: DecideAt,
): void {
  const counting = { standing, nameOf, today };
  const { from, to } = PROPOSAL_TRANSITIONS[action];
  if (!STATE_FACTS[to].countsUnderCap) return;
  if (STATE_FACTS[from].countsUnderCap) {
    const deeds = chosen.map((one) => asDeed(one, [one.caps, capsOn(one, today)]));
    refuseOverCap(counting, deeds, 'earlier');
  } else {
    // The rule may have come to count by words since: the proposer corrects the deed, and says them.
    for (const one of chosen)
      refuseWordless(one.row, { caps: capsOn(one, today), code: one.code, title: one.wording });
    const deeds = chosen.map((one) => asDeed(one, [capsOn(one, today)]));
    refuseOverCap(counting, deeds, 'all');
  }
}

function asDeed({ row, code, wording }: KnownProposal, caps: NewDeed['caps']): NewDeed {
  const { id, householdId, ruleId, points, effectiveOn, member, event } = row;
  return { id, householdId, ruleId, points, effectiveOn, member, event, code, title: wording, caps };
}

interface Drafts {
  readonly book: Book;
  readonly seen: SeenAt;
  readonly households: NameOf;
  readonly drafting: Readonly<Record<number, Drafting>>;
}

interface Booked {
  readonly rows: readonly WrittenRow[];
  /** The numbers of the entries, by proposal. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** Drafts the entries of all kinds that make them, in the order of the kinds. */
function book(
  at: DecisionAt,
  chosen: readonly KnownProposal[],
  { book: before, households, drafting, seen }: Drafts,
): Booked {
  const ofOpen = at.kinds.filter(({ isOfClosed = false }) => !isOfClosed);
  const touched = ofOpen.flatMap((kind) => ownOf(kind, chosen)).flatMap(({ row }) => touchedBy(row));
  refuseClosed(households, Array.from(new Set(touched)));
  const booked: KnownProposal[] = [];
  const [firsts, drafts]: [EntryDraft[], EntryDraft[]] = [[], []];
  const rows: WrittenRow[] = [];
  for (const [index, { own }] of ofKinds(at, chosen).entries()) {
    const drafted = drafting[index]?.(own, at, before.states);
    if (drafted?.entries.length !== own.length) throw new Error('a kind drafts one entry for each proposal');
    rows.push(...(drafted.rows ?? []));
    firsts.push(...(drafted.first ?? []));
    for (const [place, entry] of drafted.entries.entries()) {
      if ('code' in entry) throw refusalFor(households, own[place], entry);
      drafts.push({ ...entry, facts: [...(entry.facts ?? []), ...seenFacts(own[place], seen)] });
    }
    booked.push(...own);
  }
  if (drafts.length === 0) return { rows, numbers: new Map() };
  const outcome = at.ledger.draft(before, [...firsts, ...drafts]);
  if (!outcome.ok) throw refusalFor(households, booked[outcome.index - firsts.length], outcome);
  const own = outcome.entries.slice(firsts.length);
  const numbers = own.map(({ number }, index) => [booked[index]?.row.id ?? '', number] as const);
  return { rows: [...outcome.rows, ...rows], numbers: new Map(numbers) };
}

/** Nobody reads a deed when its notice ends. It was read when it was approved. */
function seenFacts(proposal: KnownProposal | undefined, seen: SeenAt): FactInput[] {
  const seenAtMs = proposal?.row.seenAtMs ?? (proposal ? seen(proposal) : null);
  return seenAtMs === null ? [] : [{ name: SEEN_FACT, value: String(seenAtMs) }];
}

/** Carries out what cannot be drafted, one proposal after the other. Answers the numbers of all entries, by proposal. */
async function approveEach(
  work: DecideWork,
  chosen: readonly KnownProposal[],
  { numbers: before, households }: { readonly numbers: Booked['numbers']; readonly households: NameOf },
): Promise<Booked['numbers']> {
  const numbers = new Map(before);
  const rows: WrittenRow[] = [];
  for (const kind of work.kinds)
    for (const one of kind.approve ? ownOf(kind, chosen) : []) {
      const outcome = await kind.approve?.(work, one);
      if (outcome?.ok === false) throw refusalFor(households, one, outcome);
      if (!outcome) continue;
      const { number: journalNumber } = outcome.entry;
      numbers.set(one.row.id, journalNumber);
      rows.push(changed('proposals', one.row, { journalNumber }));
    }
  await writeRows(work.tx, rows);
  return numbers;
}

async function dropEach(work: DecideWork, chosen: readonly KnownProposal[]): Promise<void> {
  for (const kind of work.kinds) {
    const own = kind.dropped ? ownOf(kind, chosen) : [];
    if (own.length > 0) await kind.dropped?.(work, own);
  }
}

/** The kinds that make entries, each with its own of the proposals. */
function ofKinds({ kinds }: DecisionAt, proposals: readonly KnownProposal[]) {
  return kinds.flatMap((kind) =>
    kind.entries ? [{ entries: kind.entries, own: ownOf(kind, proposals) }] : [],
  );
}

function ownOf({ names }: ProposalKindDef, proposals: readonly KnownProposal[]): KnownProposal[] {
  return proposals.filter(({ row }) => names.includes(row.kind));
}

/** In a batch of many the household that stands in the way has to be named. An entry before theirs is of none. */
function refusalFor(
  nameOf: NameOf,
  proposal: KnownProposal | undefined,
  { code, params }: LedgerRefusal,
): Refusal {
  const household = (proposal && nameOf(proposal.row.householdId)?.number) ?? '';
  return new Refusal(code, { ...params, household });
}

function photosOf(proposals: readonly KnownProposal[]): string[] {
  return proposals.flatMap(({ row }) => row.pictureIds ?? []);
}

function idsOf(proposals: readonly KnownProposal[]): string[] {
  return proposals.map(({ row }) => row.id);
}
