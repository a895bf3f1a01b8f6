import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../../db/index.ts';
import type { EndpointId } from '../../shared/contract/endpoints.ts';
import { Refusal } from '../../shared/errors.ts';

/** One write as asked for: the same again is answered from what was kept, anything else under its key is refused. */
export interface Command {
  readonly villageId: string;
  readonly key: string;
  readonly route: EndpointId;
  readonly actorId: string;
  readonly inputHash: string;
  readonly nowMs: number;
}

/**
 * Takes the key for this command, inside its transaction; answers what was kept when it was done before.
 * Of two at the same moment the second waits here for the first, and then finds its answer.
 */
export async function claim(tx: Tx, command: Command): Promise<{ kept: unknown } | null> {
  const { villageId, key, route, actorId, inputHash, nowMs } = command;
  const claimed = await tx.write(
    'http.claimCommand',
    ({ db, t }) =>
      db
        .insert(t.commands)
        .values({
          villageId: sql.placeholder('villageId'),
          idempotencyKey: sql.placeholder('key'),
          route: sql.placeholder('route'),
          actorId: sql.placeholder('actorId'),
          inputHash: sql.placeholder('inputHash'),
          response: sql`'{}'`,
          createdAtMs: sql.placeholder('nowMs'),
          status: 0,
        })
        .onConflictDoNothing(),
    { villageId, key, route, actorId, inputHash, nowMs },
  );
  if (claimed === 1) return null;
  const [kept] = await tx.prepared(
    'http.keptCommand',
    ({ db, t }) =>
      db
        .select()
        .from(t.commands)
        .where(
          and(
            eq(t.commands.villageId, sql.placeholder('villageId')),
            eq(t.commands.idempotencyKey, sql.placeholder('key')),
          ),
        ),
    { villageId, key },
  );
  const same = kept?.route === route && kept.actorId === actorId && kept.inputHash === inputHash;
  if (!same) throw new Refusal('idempotency.conflict');
  return { kept: kept.response };
}

/** Keeps the answer with its key, in the same transaction as the act itself. */
export async function keepAnswer(tx: Tx, { villageId, key }: Command, answer: unknown): Promise<void> {
  await tx.write(
    'http.keepAnswer',
    ({ db, t }) =>
      db
        .update(t.commands)
        .set({ status: 200, response: sql`${sql.placeholder('response')}` })
        .where(
          and(
            eq(t.commands.villageId, sql.placeholder('villageId')),
            eq(t.commands.idempotencyKey, sql.placeholder('key')),
          ),
        ),
    { villageId, key, response: JSON.stringify(answer) },
  );
}
