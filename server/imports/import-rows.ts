import { and, eq, getTableColumns } from 'drizzle-orm';
import type { Reader, Tables, Tx } from '../../db/index.ts';
import { Refusal } from '../../shared/errors.ts';
import type { PaperReading } from '../../shared/imports/papers.ts';

export type ImportRow = Tables['imports']['$inferSelect'];
/** An import as it is shown, without the file that was uploaded. */
export type ShownImport = Omit<ImportRow, 'bytes'>;

interface ImportRef {
  readonly villageId: string;
  readonly id: string;
}

/** Whether an import is one of those that the caller may see. One that is not does not exist for them. */
export type Belongs = (row: Pick<ImportRow, 'kind' | 'createdBy'>) => boolean;

/** An import with the file that was uploaded, to be read again. */
export async function findWhole(reader: Reader, ref: ImportRef, belongs: Belongs): Promise<ImportRow> {
  const { imports } = reader.t;
  const [row] = await reader.db.select().from(imports).where(isThis(reader, ref));
  if (!row || !belongs(row)) throw new Refusal('paper.not_found');
  if (row.state === 'committed') throw new Refusal('paper.committed');
  return row;
}

export async function findShown(reader: Reader, ref: ImportRef, belongs: Belongs): Promise<ShownImport> {
  const { imports } = reader.t;
  const { bytes: _bytes, ...shown } = getTableColumns(imports);
  const [row] = await reader.db.select(shown).from(imports).where(isThis(reader, ref));
  if (!row || !belongs(row)) throw new Refusal('paper.not_found');
  return row;
}

/** The condition that finds one import. */
export function isThis({ t: { imports } }: Reader, { villageId, id }: ImportRef) {
  return and(eq(imports.villageId, villageId), eq(imports.id, id));
}

/** Marks the import as committed. The imported rows stay in the village; of the paper itself only figures are kept. */
export async function closeImport(
  tx: Tx,
  row: ShownImport,
  { effect, result }: NonNullable<ImportRow['outcome']>,
): Promise<ShownImport> {
  const { imports } = tx.t;
  const closed = {
    state: 'committed' as const,
    options: {},
    reading: withoutRows(row.reading),
    outcome: { effect: { ...effect, problems: [] }, result },
  };
  await tx.db
    .update(imports)
    .set({ ...closed, bytes: Buffer.alloc(0) })
    .where(isThis(tx, row))
    .returning({ id: imports.id });
  return { ...row, ...closed };
}

function withoutRows<R extends PaperReading>(reading: R): R {
  return {
    ...reading,
    ...{
      rows: [],
      top: [],
      titles: [],
      addressColumn: null,
      looksLike: null,
      allColumns: [],
      problems: [],
      duplicates: [],
      skipped: [],
    },
    ...(reading.kind === 'balances' ? { undecided: [] } : {}),
    ...(reading.kind === 'scores' ? { sums: [] } : {}),
  };
}
