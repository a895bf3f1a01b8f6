import { and, eq, inArray } from 'drizzle-orm';
import type { Reader } from '../../db/index.ts';

/** The rows that somebody has looked at and handed to a second person. */
export async function handedInRows(
  { db, t: { changes } }: Reader,
  villageId: string,
): Promise<ReadonlySet<string>> {
  const found = await db
    .select({ input: changes.input })
    .from(changes)
    .where(
      and(
        ...[eq(changes.villageId, villageId), eq(changes.state, 'waiting')],
        inArray(changes.operation, ['outbox.settle', 'outbox.settleShift']),
      ),
    );
  return new Set(
    found.flatMap(({ input }) => {
      const { rowIds } = (input?.body ?? {}) as { readonly rowIds?: readonly string[] };
      return rowIds ?? (input?.params as { readonly id?: string } | undefined)?.id ?? [];
    }),
  );
}
