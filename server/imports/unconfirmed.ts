import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import type { Tx } from '../../db/store.ts';
import type { Tables } from '../../db/tables/index.ts';
import { Refusal } from '../../shared/errors.ts';

type ImportRow = Tables['imports']['$inferSelect'];

const MB = 1024 * 1024;
/** Somebody who corrects a paper uploads it again: the latest of a kind are kept. */
const LATEST_KEPT = 3;
/** Limits for papers that nobody has confirmed, with their readings: of one person, and of the village. */
const PERSON_BYTES_MAX = 24 * MB;
const VILLAGE_BYTES_MAX = 64 * MB;

interface Unconfirmed extends Pick<ImportRow, 'id' | 'kind' | 'createdBy'> {
  readonly bytes: number;
}

/** Keeps a paper until it is confirmed; refuses if there is no room for it. */
export async function keepUnconfirmed(tx: Tx, row: ImportRow): Promise<void> {
  await makeRoom(tx, row);
  await tx.db.insert(tx.t.imports).values(row).returning({ id: tx.t.imports.id });
}

/** Keeps the new reading of a paper that was corrected; refuses if there is no room for it. */
export async function keepCorrected(
  tx: Tx,
  row: ImportRow,
  { options, reading }: Pick<ImportRow, 'options' | 'reading'>,
): Promise<ImportRow> {
  const { imports } = tx.t;
  await makeRoom(tx, { ...row, reading });
  const [changed] = await tx.db
    .update(imports)
    .set({ options, reading })
    .where(and(eq(imports.villageId, row.villageId), eq(imports.id, row.id), eq(imports.state, 'read')))
    .returning();
  if (!changed) throw new Refusal('paper.committed');
  return changed;
}

/**
 * Makes room for a paper: earlier ones that the same person uploaded go, first all but the latest of its kind, then the
 * oldest of any kind, until the person and the village have no more than they may. Papers of other people are never
 * deleted: if they alone fill the village, the new one is refused.
 */
async function makeRoom(tx: Tx, row: ImportRow): Promise<void> {
  const { imports } = tx.t;
  await tx.lockBook(row.villageId);
  const size = sql<number>`length(${imports.bytes}) + octet_length(cast(${imports.reading} as text))`;
  const all: readonly Unconfirmed[] = await tx.db
    .select({
      ...{ id: imports.id, kind: imports.kind, createdBy: imports.createdBy },
      bytes: size.mapWith(Number),
    })
    .from(imports)
    .where(and(eq(imports.villageId, row.villageId), eq(imports.state, 'read')))
    .orderBy(desc(imports.createdAtMs), desc(imports.id));
  const waiting = all.filter(({ id }) => id !== row.id);
  const own = waiting.filter(({ createdBy }) => createdBy === row.createdBy);
  const gone = new Set(
    own
      .filter(({ kind }) => kind === row.kind)
      .slice(LATEST_KEPT - 1)
      .map(({ id }) => id),
  );
  const coming = row.bytes.length + Buffer.byteLength(JSON.stringify(row.reading));
  const sumOf = (papers: readonly Unconfirmed[]) =>
    papers.reduce((sum, { id, bytes }) => sum + (gone.has(id) ? 0 : bytes), coming);
  const isTooMuch = () => sumOf(own) > PERSON_BYTES_MAX || sumOf(waiting) > VILLAGE_BYTES_MAX;
  for (const { id } of own.toReversed()) if (isTooMuch()) gone.add(id);
  if (sumOf(waiting) > VILLAGE_BYTES_MAX)
    throw new Refusal('paper.too_many', { limitMb: VILLAGE_BYTES_MAX / MB });
  if (gone.size === 0) return;
  await tx.db
    .delete(imports)
    .where(and(eq(imports.villageId, row.villageId), inArray(imports.id, Array.from(gone))))
    .returning({ id: imports.id });
}
