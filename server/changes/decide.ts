import { isDeepStrictEqual } from 'node:util';
import { CHANGE_TRANSITIONS, type ChangeAction } from '../../shared/changes/states.ts';
import type { ToldChange } from '../../shared/changes/told-change.ts';
import { errorSpec, Refusal } from '../../shared/errors.ts';
import type { Agreement } from '../at.ts';
import type { Operate, WriteContext } from '../http/index.ts';
import { whyNotSecond } from '../proposals/index.ts';
import {
  type ChangeRow,
  findChange,
  guardedOf,
  handedInOf,
  keptTold,
  markOfChange,
  writeChange,
} from './change-row.ts';

/**
 * Agrees to a change and carries it out, in one transaction and in the name of whoever agrees. Refuses in this order:
 * change.not_found, then who may not decide, change.state, change.seen_otherwise, change.moved_on.
 */
export async function agreeToChange(
  operate: Operate,
  context: WriteContext,
  id: string,
  seenMark: string,
): Promise<ChangeRow> {
  const row = await decidable(context, id, 'agree');
  if (seenMark !== markOfChange(row)) throw new Refusal('change.seen_otherwise');
  await carryOut(operate, context, row);
  context.act({ act: 'changes.agreed', on: `change:${id}`, is: { operation: row.operation } });
  return decided(context, row, 'agree', null);
}

/** Refuses a change, with the reason. */
export async function refuseChange(context: WriteContext, id: string, note: string): Promise<void> {
  const row = await decidable(context, id, 'refuse');
  await decided(context, row, 'refuse', note);
  context.act({ act: 'changes.refused', on: `change:${id}`, is: { operation: row.operation } });
}

/** Takes back a change of one's own. */
export async function withdrawChange(context: WriteContext, id: string): Promise<void> {
  const { tx, villageId, actor } = context;
  const row = await findChange(tx, villageId, id);
  if (row.proposedBy !== actor.id) throw new Refusal('proposal.not_yours');
  refuseState(row, 'withdraw');
  await writeChange(tx, row, { state: CHANGE_TRANSITIONS.withdraw.to });
  context.act({ act: 'changes.withdrawn', on: `change:${id}`, is: { operation: row.operation } });
}

async function decidable(
  { tx, villageId, actor }: WriteContext,
  id: string,
  action: ChangeAction,
): Promise<ChangeRow> {
  const row = await findChange(tx, villageId, id);
  const why = whyNotSecond(actor, handedInOf(row));
  if (why !== null) throw new Refusal(`proposal.${why}`);
  refuseState(row, action);
  return row;
}

function refuseState({ state }: ChangeRow, action: ChangeAction): void {
  if (state !== CHANGE_TRANSITIONS[action].from) throw new Refusal('change.state', { state });
}

function decided(
  { tx, actor, nowMs }: WriteContext,
  row: ChangeRow,
  action: ChangeAction,
  note: string | null,
): Promise<ChangeRow> {
  const { to: state } = CHANGE_TRANSITIONS[action];
  return writeChange(tx, row, { state, decidedBy: actor.id, decidedAtMs: nowMs, note });
}

/** Does the operation with its input as it was handed in, if it still does what was shown, and nothing else. */
async function carryOut(operate: Operate, context: WriteContext, row: ChangeRow): Promise<void> {
  const operation = guardedOf(row.operation);
  const covered: ToldChange[] = [];
  const by = { changeId: row.id, proposedBy: row.proposedBy, decidedBy: context.actor.id };
  const agreed: Agreement = {
    by,
    covers(change) {
      if (!isDeepStrictEqual(keptTold(change), row.told)) throw new Refusal('change.moved_on');
      covered.push(change);
    },
  };
  const act: WriteContext['act'] = (...acts) => context.act(...acts.map((one) => ({ ...one, agreed: by })));
  try {
    const { params = {}, body = {} } = row.input ?? {};
    const input = operate.check(operation, { params, body });
    await operate.run(operation, input, { ...context, act, agreed });
  } catch (error) {
    throw error instanceof Refusal && errorSpec(error.code).kind === 'refused'
      ? new Refusal('change.moved_on', { what: error.code })
      : error;
  }
  // A write that needs nobody any more is not the one that was agreed to.
  if (covered.length === 0) throw new Refusal('change.moved_on');
}
