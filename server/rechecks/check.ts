import type { AnyAct } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import type { RecheckOutcome } from '../../shared/rechecks/states.ts';
import { runCommand } from '../commands/index.ts';
import type { WriteContext } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { createReversal, toldSteps, unlessAdministrator } from '../proposals/index.ts';
import { type DrawnAward, householdsOf, readAwards, reversalsProposed } from './drawn-awards.ts';
import { whyNotCheck } from './may-check.ts';
import { drawnIn, readMonth, THING } from './told-months.ts';

interface Finding {
  readonly month: string;
  readonly number: number;
  readonly outcome: RecheckOutcome;
  readonly note: string;
}

interface Checked {
  readonly proposalId: string | null;
  readonly act: AnyAct;
}

/**
 * Notes what was found about an award that was drawn. One that does not stand is proposed to be reversed in the ordinary way, with the
 * finding as its reason. Answers the act that tells of it. Refuses with recheck.not_drawn, recheck.settled, recheck.own_entry,
 * recheck.own_household, recheck.reason_missing, and as proposing a reversal does.
 */
export async function checkAward(
  context: WriteContext,
  ledger: Ledger,
  { month, number, outcome, note }: Finding,
): Promise<Checked> {
  const { tx, village } = context;
  await tx.lockBook(village.id);
  const now = await readMonth(tx, village.id, month);
  const award = drawnIn(now).includes(number)
    ? (await readAwards(tx, village.id, [number])).get(number)
    : undefined;
  if (!award) throw new Refusal('recheck.not_drawn', { number });
  const check = now.checks.get(number);
  const before = await reversalsProposed(tx, village.id, check?.proposalId ? [check.proposalId] : []);
  const proposal = before.get(check?.proposalId ?? '')?.state;
  refuse(context, { award, check, proposal });
  if (outcome !== 'stood' && note === '') throw new Refusal('recheck.reason_missing');
  const proposalId =
    outcome === 'failed' ? await proposeReversal(context, ledger, { number, reason: note }) : null;
  return { proposalId, act: await actOf(context, award, { month, number, outcome, note, proposalId }) };
}

function refuse(context: WriteContext, standing: Parameters<typeof whyNotCheck>[1]): void {
  const why = whyNotCheck(context, standing);
  const { number, reversedBy: by } = standing.award;
  if (why === null) return;
  if (why === 'role') throw new Refusal('auth.forbidden');
  if (why === 'administrator') throw new Refusal('proposal.administrator');
  if (why === 'settled' && !standing.check && by !== null)
    throw new Refusal('ledger.already_reversed', { number, by });
  throw new Refusal(`recheck.${why}`);
}

/** Proposes it as anybody would who saw the entry: a second person approves it. */
async function proposeReversal(
  context: WriteContext,
  ledger: Ledger,
  wanted: { readonly number: number; readonly reason: string },
): Promise<string> {
  const at = { ...context, ledger };
  const call = unlessAdministrator(context, createReversal.with(wanted, at));
  const { id } = await runCommand(context.tx, context.village.id, toldSteps(at, call), ledger.onWritten);
  return id;
}

async function actOf(
  { tx, village }: WriteContext,
  { householdId }: DrawnAward,
  { month, number, outcome, note, proposalId }: Finding & Pick<Checked, 'proposalId'>,
): Promise<AnyAct> {
  const household = (await householdsOf(tx, village.id, [householdId])).get(householdId);
  const thing = {
    thing: `household:${householdId}`,
    name: household?.head ?? '',
    is: { finding: note },
  } as const;
  const on = `${THING}:${month}` as const;
  const things = note === '' ? [] : [thing];
  if (outcome === 'failed')
    return { act: 'rechecks.failed', on, is: { entry: number, proposal: proposalId }, things };
  return { act: `rechecks.${outcome}`, on, is: { entry: number }, things };
}
