import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import type { Tables } from '../../db/tables/index.ts';
import { Refusal } from '../../shared/errors.ts';

type ImportRow = Tables['imports']['$inferSelect'];

const MB = 1024 * 1024;
/** Somebody who corrects a paper uploads it again: the latest of a kind are kept. */
const LATEST_KEPT = 3;
/** The papers of a village that nobody has confirmed, with what was understood of them. */
const VILLAGE_BYTES_MAX = 64 * MB;

/**
 * Keeps a paper until it is confirmed. It takes the place of what the same person uploaded of its kind before, all but
 * the latest; where the village has too many others, it is refused.
 */
export async function keepUnconfirmed(tx: Tx, row: ImportRow): Promise<void> {
  const { imports } = tx.t;
  await tx.lockBook(row.villageId);
  const waiting = await tx.db
    .select({
      id: imports.id,
      kind: imports.kind,
      createdBy: imports.createdBy,
      bytes: sql<number>`length(${imports.bytes}) + octet_length(cast(${imports.reading} as text))`.mapWith(
        Number,
      ),
    })
    .from(imports)
    .where(and(eq(imports.villageId, row.villageId), eq(imports.state, 'read')))
    .orderBy(desc(imports.createdAtMs), desc(imports.id));
  const superseded = waiting
    .filter(({ kind, createdBy }) => kind === row.kind && createdBy === row.createdBy)
    .slice(LATEST_KEPT - 1)
    .map(({ id }) => id);
  const own = row.bytes.length + Buffer.byteLength(JSON.stringify(row.reading));
  const sum = waiting.reduce((total, { id, bytes }) => total + (superseded.includes(id) ? 0 : bytes), own);
  if (sum > VILLAGE_BYTES_MAX) throw new Refusal('paper.too_many', { limitMb: VILLAGE_BYTES_MAX / MB });
  if (superseded.length > 0)
    await tx.db
      .delete(imports)
      .where(and(eq(imports.villageId, row.villageId), inArray(imports.id, superseded)))
      .returning({ id: imports.id });
  await tx.db.insert(imports).values(row).returning({ id: imports.id });
}
