import type { BadRow } from '../../shared/ledger/verification.ts';
import { PROPOSAL_KIND_NAMES } from '../../shared/proposal-kinds.ts';
import { HOUSEHOLD_CHANGES, otherHouseholdOf } from '../../shared/proposals/states.ts';
import { badTold, type CheckAt, ERASED, firstWrong, type ToldAct, type ToldColumn } from '../acts/index.ts';
import { accountKinds, householdAccount } from '../households/ledger-kinds.ts';
import { accountId, ACT_KIND, type BookedEntry } from '../ledger/index.ts';
import { APPROVED_FACT, ASKED_FACT, NOTICE_FACT, RULE_FACT } from './ledger-kinds.ts';
import type { ProposalRow } from './proposal-reads.ts';
import { noteOfDeed } from './note-of-deed.ts';

interface Beside {
  readonly entries: ReadonlyMap<number, BookedEntry>;
  readonly codes: ReadonlyMap<string, string>;
  /** The households that parted from others, as the acts that made them tell. */
  readonly parted: ReadonlyMap<string, ToldAct['is']>;
}

/** The kinds of entry by which a proposal of a kind is posted; those of other domains are not named here. */
const ENTRY_KINDS: Readonly<Partial<Record<ProposalRow['kind'], readonly string[]>>> = {
  award: ['award'],
  // An act where nothing was left to deduct.
  deduction: ['deduction', ACT_KIND],
  opening: ['opening'],
  reversal: ['reversal'],
  split: ['transfer'],
  merge: ['transfer'],
  departure: ['transfer', 'closing'],
};

/** Compares a proposal that was posted with its entry. */
export function wrongEntry(
  { reader }: CheckAt,
  row: ProposalRow,
  { entries, codes, parted }: Beside,
): BadRow | null {
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
  const isOwn = ENTRY_KINDS[row.kind] !== undefined;
  const isAct = entry.kind === ACT_KIND;
  const asked = entry.facts.get(ASKED_FACT);
  return firstWrong(proposals, { id, check: 'entry', number }, [
    ['kind', true, isKindOf(entry, row)],
    ['change', CHANGES.has(row.kind) || row.change !== null, row.change?.kind === row.kind],
    ['householdId', true, isAct || line !== undefined],
    ['points', asked === undefined ? line?.amount : Number(asked), row.points],
    ...(isBare(entry) ? [] : [['proposedBy', entry.facts.get('proposedBy'), row.proposedBy] as const]),
    ['decidedBy', entry.facts.get(APPROVED_FACT) ?? entry.actorId, row.decidedBy],
    ['noticeId', entry.facts.get(NOTICE_FACT) ?? null, row.noticeId],
    ['reversesNumber', entry.reversesNumber, row.reversesNumber],
    // Others are posted on the day on which they are approved.
    ...(isOwn && row.kind !== 'opening' && row.kind !== 'split'
      ? [['effectiveOn', entry.effectiveOn, row.effectiveOn] as const]
      : []),
    // The kinds of other domains say in their own way what their entries are about.
    ...(isOwn && !isAct ? [['note', noteOf(entry), noteOfDeed(row)] as const] : []),
    ...(isBare(entry) ? [] : ruleColumns(entry, row, codes)),
    ...changeColumns(entry, row, own),
    ...partedColumns(row, parted),
  ]);
}

/** Entries of the first books have no facts, and their seal says that they have none. */
function isBare({ facts }: BookedEntry): boolean {
  return facts.size === 0;
}

/** Kinds of proposals that say what becomes of a household. */
const CHANGES: ReadonlySet<string> = new Set(HOUSEHOLD_CHANGES);

function isKindOf({ kind }: BookedEntry, row: ProposalRow): boolean {
  return PROPOSAL_KIND_NAMES.includes(row.kind) && ENTRY_KINDS[row.kind]?.includes(kind) !== false;
}

/** The new household of a split is the one that was made. */
function partedColumns({ change, points }: ProposalRow, parted: Beside['parted']): ToldColumn[] {
  if (change?.kind !== 'split') return [];
  const made = parted.get(change.fresh.id);
  const fields = (['number', 'group', 'head', 'size', 'phone'] as const).filter(
    (field) => made?.get(field) !== ERASED,
  );
  return [
    ['change', 0 - points, change.pointsHundredths],
    ...fields.map((field) => ['change', made?.get(field), change.fresh[field]] as const),
  ];
}

/** The other household of a change has the other line of its entry. */
function changeColumns({ lines }: BookedEntry, { change }: ProposalRow, own: string): ToldColumn[] {
  const others = lines.flatMap(({ accountId: id }) =>
    id === own ? [] : (accountKinds.household.ownerOf(id) ?? []),
  );
  const other = change?.kind === 'split' ? change.fresh.id : otherHouseholdOf(change);
  return [['change', others[0], other]];
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

/** The note of the entry's text. One that was erased is erased here, too. */
function noteOf({ body }: BookedEntry): string {
  return body ? (JSON.parse(body) as { note: string }).note : '';
}
