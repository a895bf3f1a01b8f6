import { and, eq } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import { isGuarded } from '../../shared/changes/guarded.ts';
import { WAITING } from '../../shared/changes/states.ts';
import type { ToldChange } from '../../shared/changes/told-change.ts';
import { Refusal } from '../../shared/errors.ts';
import type { Operate, WriteContext } from '../http/index.ts';
import { type ChangeRow, householdIn, keptTold, markOfChange, sealOfChange } from './change-row.ts';
import { NeedsSecond } from '../need-second.ts';

export interface Proposed {
  readonly operation: string;
  readonly params: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly reason: string;
}

export interface ProposeServices {
  readonly operate: Operate;
  readonly newSalt: () => string;
}

type Input = NonNullable<ChangeRow['input']>;

/**
 * Keeps a change until a second person decides. The operation is tried out first, so that nobody hands in what they may not do
 * or could do alone. Nothing of the trial stands.
 */
export async function proposeChange(
  { operate, newSalt }: ProposeServices,
  context: WriteContext,
  { operation, params, body, reason }: Proposed,
): Promise<ChangeRow> {
  if (!isGuarded(operation)) throw new Refusal('change.not_needed');
  const { tx, villageId, actor, village, nowMs } = context;
  operate.refuse(operation, { actor, village });
  const checked = operate.check(operation, { params, body }) as Partial<Input>;
  const change = await tryOut(tx, () => operate.run(operation, checked, context));
  const input: Input = { params: checked.params ?? {}, body: checked.body ?? {} };
  const told = keptTold(change);
  const row: ChangeRow = {
    ...{ villageId, id: context.newId(), operation, householdId: householdIn(change.on) },
    ...{ input: JSON.parse(JSON.stringify(input)) as Input, told, reason, state: WAITING },
    salt: newSalt(),
    ...{ proposedBy: actor.id, proposedAtMs: nowMs, decidedBy: null, decidedAtMs: null },
    ...{ note: null, usedAtMs: null },
  };
  await refuseTwice(tx, row);
  await tx.db.insert(tx.t.changes).values(row).returning({ id: tx.t.changes.id });
  const is = { operation, seal: sealOfChange(row) };
  context.act({ act: 'changes.proposed', on: `change:${row.id}`, is });
  return row;
}

/** Runs a write that needs a second person, for what it would do. Throws what else it is refused with. */
async function tryOut(tx: Tx, run: () => Promise<void>): Promise<ToldChange> {
  try {
    await tx.savepoint(async () => {
      await run();
      throw new Refusal('change.not_needed');
    });
  } catch (error) {
    if (error instanceof NeedsSecond) return error.change;
    throw error;
  }
  throw new Error('a trial always ends with a refusal');
}

async function refuseTwice(tx: Tx, row: ChangeRow): Promise<void> {
  const { changes } = tx.t;
  const waiting = await tx.db
    .select()
    .from(changes)
    .where(and(eq(changes.villageId, row.villageId), eq(changes.state, WAITING)));
  const mark = markOfChange(row);
  if (waiting.some((one) => markOfChange(one) === mark)) throw new Refusal('change.waiting');
}
