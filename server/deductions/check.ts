import { and, eq } from 'drizzle-orm';
import type { RowOf } from '../../db/index.ts';
import { REMINDED } from '../../shared/acts/program-words.ts';
import type { BadRow } from '../../shared/ledger/verification.ts';
import {
  badTold,
  type CheckAt,
  firstWrong,
  type StartCheck,
  type ToldAct,
  type ToldColumn,
} from '../acts/index.ts';
import { pagesById } from '../rows-by-id.ts';
import type { ReminderRow } from './reminder-rows.ts';
import { sealOfReminder } from './seal.ts';

const ENDS: Readonly<Record<string, string>> = {
  'deductions.put_right': 'put_right',
  'deductions.withdrawn': 'withdrawn',
};

/** The answers to a deduction, by its proposal. */
interface ToldTerms {
  readonly reminderId: string;
  readonly told?: ToldAct;
  readonly agreed?: ToldAct;
}

/** Compares every reminder, and what its household was told and answered, with the acts of the book. */
export const checkDeductions: StartCheck = (at) => {
  const told = new Map<string, ToldAct[]>();
  const terms = new Map<string, ToldTerms>();
  let erased = 0;
  return {
    take(act) {
      if (act.act === 'households.erased') erased = act.number;
      if (act.kind !== 'reminder') return;
      const deed = act.is.get('deed');
      if (typeof deed !== 'string') told.set(act.id, [...(told.get(act.id) ?? []), act]);
      else
        terms.set(deed, {
          ...terms.get(deed),
          reminderId: act.id,
          ...(act.act === 'deductions.told' ? { told: act } : { agreed: act }),
        });
    },
    async finish({ isWhole }) {
      const { reminders } = at.reader.t;
      let [rows, last] = [0, 0];
      for await (const page of pagesById(at, 'reminders'))
        for (const row of page) {
          const acts = told.get(row.id) ?? [];
          told.delete(row.id);
          const wrong = wrongReminder(at, row, { acts, erased, isWhole });
          if (wrong) return wrong;
          rows += 1;
          last = Math.max(last, row.number);
        }
      const [lost] = told;
      if (lost && isWhole) return badTold(reminders, { id: lost[0], check: 'missing' });
      if (rows !== last) return badTold(reminders, { id: String(last), column: 'number', check: 'missing' });
      return wrongTerms(at, terms, isWhole);
    },
  };
};

function wrongReminder(
  { reader: { t } }: CheckAt,
  row: ReminderRow,
  {
    acts,
    erased,
    isWhole,
  }: { readonly acts: readonly ToldAct[]; readonly erased: number; readonly isWhole: boolean },
): BadRow | null {
  const { reminders } = t;
  const { id } = row;
  const [made] = acts;
  if (!made) return isWhole ? badTold(reminders, { id, check: 'orphan' }) : null;
  const { number } = made;
  const seal = sealOfReminder(row);
  if (seal !== null && seal !== made.is.get('seal'))
    return badTold(reminders, { id, column: 'words', check: 'told', number });
  const delivered = acts.find(({ act }) => act === 'deductions.delivered');
  const ended = acts.find(({ act }) => act in ENDS);
  return firstWrong(reminders, { id, check: 'told', number }, [
    ['number', made.is.get('number'), row.number],
    ['seenOn', made.is.get('seenOn'), row.seenOn],
    ['dueOn', made.is.get('dueOn'), row.dueOn],
    ['madeBy', made.actorId, row.madeBy],
    ['deliveredOn', delivered?.is.get('deliveredOn'), row.deliveredOn],
    ['deliveredWay', delivered?.is.get('way'), row.deliveredWay],
    ['deliveredWay', delivered?.actorId === REMINDED, row.deliveredWay === 'phone'],
    ['ended', ENDS[ended?.act ?? ''], row.ended],
    ['salt', true, row.salt !== null || (number < erased && row.words === '')],
  ]);
}

/** Each deduction has a reminder about its rule to its household, which no other one follows. */
async function wrongTerms(
  { reader, villageId }: CheckAt,
  told: Map<string, ToldTerms>,
  isWhole: boolean,
): Promise<BadRow | null> {
  const { deductionTerms } = reader.t;
  const rows = await termsWithTheirs({ reader, villageId });
  const followed = new Set<string>();
  for (const { row, state, ofProposal, ofReminder } of rows) {
    const { proposalId: id, reminderId } = row;
    if (!ofProposal) return badTold(deductionTerms, { id, check: 'orphan' });
    const acts = told.get(id);
    told.delete(id);
    const isTwice = state !== 'withdrawn' && followed.has(reminderId);
    if (state !== 'withdrawn') followed.add(reminderId);
    const wrong = firstWrong(deductionTerms, { id, check: 'told', number: acts?.told?.number ?? null }, [
      ['reminderId', false, isTwice],
      ['reminderId', ofProposal.householdId, ofReminder?.householdId],
      ['reminderId', ofProposal.ruleId, ofReminder?.ruleId],
      ['reminderId', acts?.reminderId ?? reminderId, reminderId],
      ...(isWhole || acts?.told ? toldColumns(row, acts) : []),
    ]);
    if (wrong) return wrong;
  }
  const [lost] = told;
  if (lost && isWhole) return badTold(deductionTerms, { id: lost[0], check: 'missing' });
  return missingTerms({ reader, villageId });
}

function toldColumns(row: RowOf<'deductionTerms'>, { told, agreed }: Partial<ToldTerms> = {}): ToldColumn[] {
  return [
    ['toldOf', told?.is.get('approvedAtMs'), row.toldOf],
    ['toldWay', told?.is.get('way'), row.toldWay],
    ['answerUntil', told?.is.get('answerUntil'), row.answerUntil],
    ['agreedOf', agreed?.is.get('approvedAtMs'), row.agreedOf],
  ];
}

/** Reads the terms of all deductions, with what their proposals and their reminders say. */
function termsWithTheirs({ reader, villageId }: Pick<CheckAt, 'reader' | 'villageId'>) {
  const { deductionTerms, proposals, reminders } = reader.t;
  return reader.db
    .select({
      row: deductionTerms,
      state: proposals.state,
      ofProposal: { householdId: proposals.householdId, ruleId: proposals.ruleId },
      ofReminder: { householdId: reminders.householdId, ruleId: reminders.ruleId },
    })
    .from(deductionTerms)
    .leftJoin(
      proposals,
      and(eq(proposals.villageId, deductionTerms.villageId), eq(proposals.id, deductionTerms.proposalId)),
    )
    .leftJoin(
      reminders,
      and(eq(reminders.villageId, deductionTerms.villageId), eq(reminders.id, deductionTerms.reminderId)),
    )
    .where(eq(deductionTerms.villageId, villageId))
    .orderBy(deductionTerms.proposalId);
}

/** Finds a deduction without its reminder. Those of older books, which had no reminders, were posted before the first one. */
async function missingTerms({
  reader,
  villageId,
}: Pick<CheckAt, 'reader' | 'villageId'>): Promise<BadRow | null> {
  const { deductionTerms, proposals } = reader.t;
  const rows = await reader.db
    .select({ id: proposals.id, found: deductionTerms.proposalId })
    .from(proposals)
    .leftJoin(
      deductionTerms,
      and(eq(deductionTerms.villageId, proposals.villageId), eq(deductionTerms.proposalId, proposals.id)),
    )
    .where(and(eq(proposals.villageId, villageId), eq(proposals.kind, 'deduction')))
    .orderBy(proposals.id);
  // Ids sort by the time they were made.
  const first = rows.find(({ found }) => found !== null);
  const lost = first && rows.find(({ id, found }) => found === null && id > first.id);
  return lost ? badTold(deductionTerms, { id: lost.id, check: 'missing' }) : null;
}
