import type { AnyAct } from '../../shared/acts/act.ts';
import { Refusal } from '../../shared/errors.ts';
import { runCommand } from '../commands/index.ts';
import type { StaffWrite } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { createDeeds, refuseAdministrator, toldSteps } from '../proposals/index.ts';
import { findOpenRound } from './find-round.ts';
import { outcomesOf, resultText, tryOutcomes } from './outcome.ts';
import { missingSheets, type RoundNow, THING } from './told-rounds.ts';

interface Closed {
  readonly batchId: string | null;
  readonly awards: number;
  readonly act: AnyAct;
}

/**
 * Closes a round and proposes its awards in this commit, by the command of every proposal. Answers the act that tells of it. Refuses
 * with round.not_found, round.state, round.sheets_missing, round.left_out, proposal.administrator, and as proposing does.
 */
export async function closeRound(
  context: StaffWrite,
  ledger: Ledger,
  { id, leftOut: leftOutSeen }: { readonly id: string; readonly leftOut: number },
): Promise<Closed> {
  const { tx, village, today, actor } = context;
  await tx.lockBook(village.id);
  const round = await findOpenRound(tx, village.id, id);
  refuseAdministrator(context);
  const count = missingSheets(round).length;
  if (count > 0) throw new Refusal('round.sheets_missing', { count });
  const tried = await tryOutcomes(tx, { villageId: village.id, today, actorId: actor.id }, outcomesOf(round));
  // A rule that was switched off, or a day that has not come, concerns all of them.
  const [ofRound] = tried.flatMap(({ leftOut, refusal }) => (leftOut === 'rule' && refusal ? refusal : []));
  if (ofRound) throw ofRound;
  const leftOut = tried.filter((one) => one.leftOut !== null).length;
  if (leftOut !== leftOutSeen) throw new Refusal('round.left_out', { count: leftOut });
  const awarded = tried.flatMap(({ deed, leftOut: why }) => (deed && why === null ? deed : []));
  const batchId = await propose(context, ledger, round, awarded);
  const total = awarded.reduce((sum, { points = 0 }) => sum + points, 0);
  const is = {
    ...{ results: tried.map(resultText), batch: batchId, awards: awarded.length, total, leftOut },
  };
  return { batchId, awards: awarded.length, act: { act: 'rounds.closed', on: `${THING}:${id}`, is } };
}

type Deeds = ReturnType<typeof outcomesOf>[number]['deed'];

async function propose(
  context: StaffWrite,
  ledger: Ledger,
  { hadPart }: RoundNow,
  deeds: readonly NonNullable<Deeds>[],
): Promise<string | null> {
  if (deeds.length === 0) return null;
  const judgedBy = [...hadPart];
  const awards = deeds.map(({ householdId, ...deed }) => ({
    ...deed,
    householdIds: [householdId],
    judgedBy,
  }));
  const at = { ...context, ledger };
  const call = toldSteps(at, createDeeds.with(awards, context));
  const { batchId } = await runCommand(context.tx, context.village.id, call, ledger.onWritten);
  return batchId;
}
