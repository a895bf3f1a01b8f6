import { createHash } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Reader, Tables, Tx } from '../../db/index.ts';
import { type GuardedId, guardedSpec, isGuarded } from '../../shared/changes/guarded.ts';
import type { KeptTold, ToldChange } from '../../shared/changes/told-change.ts';
import { Refusal } from '../../shared/errors.ts';
import { changedFields, toldThing } from '../acts/index.ts';
import type { HandedIn } from '../proposals/index.ts';

export type ChangeRow = Tables['changes']['$inferSelect'];

/** Reads one change; refuses where there is none. */
export async function findChange(reader: Reader, villageId: string, id: string): Promise<ChangeRow> {
  const { changes } = reader.t;
  const [row] = await reader.db
    .select()
    .from(changes)
    .where(and(eq(changes.villageId, villageId), eq(changes.id, id)));
  if (!row) throw new Refusal('change.not_found');
  return row;
}

/** Writes some columns of a change. */
export async function writeChange(tx: Tx, row: ChangeRow, change: Partial<ChangeRow>): Promise<ChangeRow> {
  const { changes } = tx.t;
  await tx.db
    .update(changes)
    .set(change)
    .where(and(eq(changes.villageId, row.villageId), eq(changes.id, row.id)))
    .returning({ id: changes.id });
  return { ...row, ...change };
}

/** The differences alone, as they are kept. */
export function keptTold({ on, was, is, things = [] }: ToldChange): KeptTold {
  const facts = Object.fromEntries<unknown>([...changedFields(was, is), ...things.map(toldThing)]);
  // The database gives them back in this form.
  return JSON.parse(JSON.stringify({ on, facts })) as KeptTold;
}

const MARK_LETTERS = 22;

/** Makes one word of everything that the change does and shows. */
export function markOfChange({
  operation,
  input,
  told,
}: Pick<ChangeRow, 'operation' | 'input' | 'told'>): string {
  return createHash('sha256')
    .update(JSON.stringify([operation, input, told]))
    .digest('base64url')
    .slice(0, MARK_LETTERS);
}

/** The hash by which the act of handing in names the content; null once that was erased. */
export function sealOfChange({
  salt,
  ...row
}: Pick<ChangeRow, 'operation' | 'input' | 'told' | 'salt'>): string | null {
  if (salt === null) return null;
  return createHash('sha256')
    .update(`${salt}${markOfChange(row)}`)
    .digest('hex');
}

/** The facts by which it is decided who may agree. */
export function handedInOf({
  proposedBy,
  proposedAtMs,
  householdId,
}: Pick<ChangeRow, 'proposedBy' | 'proposedAtMs' | 'householdId'>): HandedIn {
  return { proposedBy, proposedAtMs, householdIds: householdId === null ? [] : [householdId] };
}

/** The household that the thing is; null for other things. */
export function householdIn(on: string): string | null {
  const kind = 'household:';
  return on.startsWith(kind) ? on.slice(kind.length) : null;
}

/** The operation of a change. One that a later version no longer guards cannot be carried out. */
export function guardedOf(operation: string): GuardedId {
  if (!isGuarded(operation)) throw new Refusal('change.not_needed');
  return operation;
}

export function isPermit(operation: string): boolean {
  return isGuarded(operation) && guardedSpec(operation).isPermit === true;
}
