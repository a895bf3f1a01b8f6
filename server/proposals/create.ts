import { added, type RowOf, type WrittenRow } from '../../db/index.ts';
import { addDays } from '../../shared/business-day.ts';
import { Refusal } from '../../shared/errors.ts';
import type { HouseholdChange } from '../../shared/proposals/states.ts';
import { type Cap, type DeedWords, NO_WORDS, wordsAskedBy } from '../../shared/rules/caps.ts';
import { mayDeduct } from '../../shared/rules/worth.ts';
import type { DecideAt, DraftAt } from '../at.ts';
import { command, type Known } from '../commands/index.ts';
import { remindersAbout, reminderTaker, termsAdded } from '../deductions/index.ts';
import { householdById } from '../households/index.ts';
import { accountKinds, householdAccount } from '../households/ledger-kinds.ts';
import { accountId, entryByNumber, entryKindOf, type ReversibleEntry } from '../ledger/index.ts';
import { pictureById, pictureTaken } from '../pictures/index.ts';
import { type CurrentRule, ruleById, ruleUsed, worthOfDeed } from '../rules/index.ts';
import { type NewDeed, refuseOverCap, standingUnder } from './caps.ts';
import { staffById } from '../staff/index.ts';
import type { NameOf } from './cap-refusal.ts';
import { refuseWrongProposer } from './may-propose.ts';
import { type ProposalRow, waitingReversals } from './proposal-reads.ts';
import type { DeedAttendance } from '../../shared/workdays/states.ts';
import { FIRST_STATE } from './transitions.ts';

export interface NewAward {
  readonly ruleId: string;
  readonly householdIds: readonly string[];
  /** Given if the rule leaves it open; hundredths, signed like the rule. */
  readonly points?: number | undefined;
  /** The name of an option, if the rule has some; its points alone say so where no other has them. */
  readonly option?: string | undefined;
  readonly note: string;
  /** Today when left out. */
  readonly effectiveOn?: string | undefined;
  /** Photos handed in before. */
  readonly pictureIds?: readonly string[] | undefined;
  /** Needed where a cap of the rule counts by member or by event. */
  readonly member?: string | undefined;
  readonly event?: string | undefined;
  /** The people who judged it in a round: they do not decide it. */
  readonly judgedBy?: readonly string[] | undefined;
  /** The attendance at an event behind it: whoever kept its list does not decide the deed. */
  readonly attendance?: DeedAttendance | undefined;
  /** The household reported it by phone: the report was refused where the rule leaves it to others. */
  readonly isReported?: boolean;
}

type DeedFields = Omit<NewAward, 'householdIds' | 'judgedBy'>;

/** Three judges, a list that was kept on the day or a household speak for the deed, and not whoever writes the proposal. */
export function hasOtherWay({ judgedBy, attendance, isReported }: Partial<NewAward>): boolean {
  return judgedBy !== undefined || attendance !== undefined || isReported === true;
}

const BACKDATED_DAYS_MOST = 366;

/**
 * Proposes deeds as one batch: for each of the awards one deed for each of its households. A household named twice in one
 * award counts once; two awards are two deeds.
 */
export const createDeeds = command<readonly NewAward[], DecideAt>()({
  reads: (awards, { today, actorId }) => ({
    staff: staffById.one([actorId]),
    rules: ruleById.each(awards.map(({ ruleId }) => [ruleId, today])),
    pictures: pictureById.each(
      awards.flatMap(({ pictureIds = [] }) => pictureIds.map((id) => [id] as const)),
    ),
    households: householdById.each(
      awards.flatMap(({ householdIds }) => householdIds.map((id) => [id] as const)),
    ),
  }),
  then: ({ rules }, awards, { today }) => ({
    standing: standingUnder(
      awards.flatMap((award) => askedUnderCap(award, rules(award.ruleId, today), today)),
    ),
    reminders: remindersAbout.each(
      awards.flatMap((award) => askedToRemind(award, rules(award.ruleId, today))),
    ),
  }),
  decide({ standing, households, rules, pictures, reminders, staff }, awards, at) {
    const made = awards.map((award) => ({
      ...deedOf({ rule: rules(award.ruleId, at.today), pictures }, award, at),
      attendance: award.attendance ?? null,
      hasWay: hasOtherWay(award),
      householdIds: Array.from(new Set(award.householdIds)),
      judgedBy: award.judgedBy === undefined ? null : [...award.judgedBy],
    }));
    refuseClosed(households, Array.from(new Set(made.flatMap(({ householdIds }) => householdIds))));
    for (const { rule, householdIds, hasWay } of made)
      if (!hasWay) refuseWrongProposer(staff, rule, { householdIds, nameOf: households });
    const deeds = made.flatMap(({ rule, deed, householdIds }) =>
      householdIds.map((householdId) => ({ id: '', householdId, ...deed, ...rule })),
    );
    const take = reminderTaker({ reminders, nameOf: households, today: at.today });
    const reminded = deeds.map((deed) => take(deed));
    refuseOverCap({ standing, nameOf: households, today: at.today }, deeds, 'all');
    const batchId = at.newId();
    const rows = made.flatMap(({ deed, householdIds, judgedBy, attendance }) =>
      householdIds.map((householdId) => ({
        ...{ ...proposalRow(at, batchId), ...deed, householdId, judgedBy, attendance },
      })),
    );
    const terms = rows.flatMap(({ id }, index) => {
      const reminderId = reminded[index] ?? null;
      return reminderId === null ? [] : termsAdded(at.villageId, id, reminderId);
    });
    return {
      rows: [...made.flatMap((one) => one.rows), ...proposalRows(at, rows), ...terms],
      answer: { batchId, ids: rows.map((row) => row.id) },
    };
  },
});

/** Proposes one deed for each of the households. */
export const createAwards = {
  with: (award: NewAward, at: DecideAt) => createDeeds.with([award], at),
};

/** The deeds of an award for which the deeds are asked that stand under the same caps. */
export function askedUnderCap(award: NewAward, rule: CurrentRule | undefined, today: string): NewDeed[] {
  const caps = [rule?.caps ?? []];
  return award.householdIds.map((householdId) => ({
    ...{ id: '', householdId, ruleId: award.ruleId, points: 0, code: '', title: '', ...NO_WORDS },
    ...{ effectiveOn: award.effectiveOn ?? today, caps },
  }));
}

/** The households and rules about which a reminder comes before the deed: those of a rule that takes points. */
export function askedToRemind(
  { householdIds, ruleId }: Pick<NewAward, 'householdIds' | 'ruleId'>,
  rule: CurrentRule | undefined,
): (readonly [householdId: string, ruleId: string])[] {
  if (rule === undefined || !mayDeduct(rule)) return [];
  return householdIds.map((householdId) => [householdId, ruleId] as const);
}

/** Asks for the rule of a deed and for its photos. */
export function askForDeed({ ruleId, pictureIds = [] }: DeedFields, { today }: Pick<DecideAt, 'today'>) {
  return { rule: ruleById.one([ruleId, today]), pictures: pictureById.each(pictureIds.map((id) => [id])) };
}

interface Deed {
  readonly rule: {
    readonly code: string;
    readonly title: string;
    readonly proposer: string;
    readonly caps: readonly [readonly Cap[]];
  };
  readonly deed: Pick<
    ProposalRow,
    | ('kind' | 'ruleId' | 'ruleVersion' | 'points' | 'option' | 'note' | 'effectiveOn' | 'pictureIds')
    | keyof DeedWords
  >;
  /** Its photos, which are in use from now on. */
  readonly rows: readonly WrittenRow[];
}

/** A deed under its rule as the rule is now, with its photos: the same for every household it is proposed for. */
export function deedOf(
  { rule, pictures }: Known<ReturnType<typeof askForDeed>>,
  award: DeedFields,
  { nowMs, today }: Pick<DecideAt, 'nowMs' | 'today'>,
): Deed {
  const { id, version, code, title, caps, proposer } = requireEnabled(rule);
  const { points, option } = worthOfDeed(requireEnabled(rule), award);
  const effectiveOn = award.effectiveOn ?? today;
  refuseFarDay(effectiveOn, today);
  const pictureIds = Array.from(new Set(award.pictureIds));
  const rows = pictureIds.flatMap((pictureId) => pictureTaken(pictures(pictureId), 'evidence', nowMs));
  return {
    rule: { code, title, proposer, caps: [caps] },
    deed: {
      kind: points > 0 ? 'award' : 'deduction',
      ...{ ruleId: id, ruleVersion: version, points, option, note: award.note, effectiveOn },
      ...wordsOf(award, { caps, code, title }),
      pictureIds: pictureIds.length === 0 ? null : pictureIds,
    },
    rows,
  };
}

/** The words by which the caps of the rule count, and no others: those that nothing asks for are not kept. */
function wordsOf(award: DeedFields, rule: Pick<CurrentRule, 'caps' | 'code' | 'title'>): DeedWords {
  const said = (word: keyof DeedWords) => {
    const text = award[word]?.trim() ?? '';
    return text !== '' && wordsAskedBy(rule.caps).includes(word) ? text : null;
  };
  const words = { member: said('member'), event: said('event') };
  refuseWordless(words, rule);
  return words;
}

/** Refuses a deed that lacks a word by which a cap counts. */
export function refuseWordless(
  words: DeedWords,
  { caps, code, title }: { readonly caps: readonly Cap[]; readonly code: string; readonly title: string },
): void {
  for (const word of wordsAskedBy(caps))
    if (words[word] === null) throw new Refusal(`proposal.${word}_missing`, { code, title });
}

function requireEnabled(rule: CurrentRule | undefined): CurrentRule {
  if (!rule) throw new Refusal('rule.not_found');
  if (!rule.enabled) throw new Refusal('rule.disabled', { code: rule.code });
  return rule;
}

/** Proposes to take back an entry of one household, or one that moved points from a household to another. */
export const createReversal = command<
  { readonly number: number; readonly reason: string },
  DecideAt & Pick<DraftAt, 'ledger'>
>()({
  reads: ({ number }) => ({
    entry: entryByNumber.one([number]),
    waiting: waitingReversals.one([number]),
  }),
  then: ({ entry }) => ({ households: householdById.each(ownersOf(entry).map((id) => [id])) }),
  decide({ entry, waiting, households }, { number, reason }, at) {
    if (!entry) throw new Refusal('ledger.entry_not_found', { number });
    if (entry.reversedBy !== null)
      throw new Refusal('ledger.already_reversed', { number, by: entry.reversedBy });
    if (entry.givenBackBy !== null)
      throw new Refusal('ledger.partly_returned', { number, by: entry.givenBackBy });
    const owners = ownersOf(entry);
    const [householdId, otherId] = owners;
    const isPlain = owners.length === (entry.kind === 'transfer' ? 2 : 1);
    if (!mayBeProposed(entry, at.ledger) || householdId === undefined || !isPlain)
      throw new Refusal('ledger.not_reversible', { number });
    // Points that come back must not vanish into an account that has ended: it is opened again first.
    refuseClosed(households, owners);
    if (waiting.length > 0) throw new Refusal('proposal.reversal_waiting', { number });
    return proposing(at, {
      kind: 'reversal',
      ...{ householdId, points: -movedBy(entry, householdId), note: reason, reversesNumber: number },
      change: otherId === undefined ? null : { kind: 'reversal', otherId },
    });
  },
});

function mayBeProposed({ kind }: ReversibleEntry, ledger: DraftAt['ledger']): boolean {
  return entryKindOf(ledger.kinds, kind)?.reversalMayBeProposed === true;
}

/** The only household that an entry moved points of; null if it moved those of several, or may not be taken back. */
export function plainOwnerOf(entry: ReversibleEntry, ledger: DraftAt['ledger']): string | null {
  const [householdId = null, ...others] = ownersOf(entry);
  return others.length > 0 || !mayBeProposed(entry, ledger) ? null : householdId;
}

/** The points that an entry gave the household, or took. */
export function movedBy({ lines }: ReversibleEntry, householdId: string): number {
  const own = accountId(householdAccount(householdId));
  return lines.reduce((sum, line) => sum + (line.accountId === own ? line.amount : 0), 0);
}

/** The households whose accounts an entry moved. */
function ownersOf(entry: ReversibleEntry | undefined): string[] {
  return (entry?.lines ?? []).flatMap((line) => accountKinds.household.ownerOf(line.accountId) ?? []);
}

/** A proposal for one household that is about no rule. */
interface Proposed extends Pick<ProposalRow, 'kind' | 'householdId' | 'points' | 'note'> {
  readonly reversesNumber?: number;
  readonly change?: HouseholdChange | null;
}

/** Makes the plan to propose it. The command has looked at what stands against it. */
export function proposing(at: DecideAt, proposed: Proposed) {
  const row = { ...proposalRow(at, at.newId()), effectiveOn: at.today, ...proposed };
  return { rows: proposalRows(at, [row]), answer: { id: row.id } };
}

export function proposalRow(at: DecideAt, batchId: string) {
  return {
    villageId: at.villageId,
    id: at.newId(),
    batchId,
    state: FIRST_STATE,
    proposedBy: at.actorId,
    proposedAtMs: at.nowMs,
    ...{
      decidedBy: null,
      decidedAtMs: null,
      reason: null,
      seenAtMs: null,
      noticeId: null,
      openObjections: null,
      attendance: null,
      journalNumber: null,
    },
    ...{ ruleId: null, ruleVersion: null, option: null, ...NO_WORDS },
    ...{ reversesNumber: null, pictureIds: null, judgedBy: null, change: null },
  };
}

/** New proposals, each with its first step. */
export function proposalRows(
  { actorId, nowMs }: DecideAt,
  proposals: readonly RowOf<'proposals'>[],
): WrittenRow[] {
  return proposals.flatMap((row) => [
    added('proposals', row),
    added('proposalEvents', {
      ...{ villageId: row.villageId, proposalId: row.id, step: 1 },
      ...{ fromState: null, toState: row.state, actorId, reason: '', atMs: nowMs },
    }),
    ...(row.ruleId === null ? [] : [ruleUsed(row.villageId, row.ruleId, 1)]),
  ]);
}

/** Refuses when one of these is closed, or is none of the village's. */
export function refuseClosed(find: NameOf, householdIds: readonly string[]): void {
  const found = householdIds.map((id) => find(id));
  const closed = found.find((household) => household !== undefined && household.state !== 'active');
  if (closed) throw new Refusal('household.closed', { number: closed.number });
  if (found.includes(undefined)) throw new Refusal('household.not_found');
}

/** Refuses a deed of the future, and one so old that nobody can judge it any more. */
export function refuseFarDay(day: string, today: string): void {
  const earliest = addDays(today, -BACKDATED_DAYS_MOST);
  if (day > today || day < earliest) throw new Refusal('proposal.future_day', { day });
}
