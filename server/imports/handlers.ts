import { and, eq } from 'drizzle-orm';
import type { Reader, Tx } from '../../db/store.ts';
import type { Tables } from '../../db/tables/index.ts';
import type { ImportEffect, ImportState } from '../../shared/imports/contract.ts';
import type { PaperReading } from '../../shared/imports/papers.ts';
import { Refusal } from '../../shared/errors.ts';
import type { endpoints } from '../../shared/imports/endpoints.ts';
import type { HandlersOf, RandomBytes, VillageContext } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import { paperReader, previewOf } from '../papers/index.ts';
import { effectOf, rowKey } from './plan.ts';
import { questionsAbout } from './questions.ts';
import { planFor, writeReading } from './services.ts';
import { keepCorrected, keepUnconfirmed } from './unconfirmed.ts';

export interface ImportsDeps {
  readonly ledger: Ledger;
  readonly random: RandomBytes;
}

type ImportRow = Tables['imports']['$inferSelect'];

/** A commit on its way. */
interface UnderWay {
  readonly progress: NonNullable<ImportState['progress']>;
  /** Null until it has been compared with the village. */
  readonly effect: ImportEffect | null;
}

export function importsHandlers({ ledger, random }: ImportsDeps): HandlersOf<typeof endpoints> {
  // A commit is one transaction and cannot write its progress to the database, so this process remembers it.
  const underWay = new Map<string, UnderWay>();
  const papers = paperReader();
  const stateOf = (reader: Reader, row: ImportRow, here: Here) =>
    importState(reader, row, here, underWay.get(row.id));

  return {
    'imports.read': async ({ params: { kind }, query: { filename }, body }, context) => {
      const { store, village, nowMs, actor } = context;
      const row: ImportRow = {
        villageId: village.id,
        id: context.newId(),
        kind,
        filename,
        bytes: body,
        options: {},
        reading: await papers.read(kind, { bytes: body, filename }),
        state: 'read',
        outcome: null,
        createdBy: actor.id,
        createdAtMs: nowMs,
      };
      await store.transaction((tx) => keepUnconfirmed(tx, row));
      return store.read((reader) => stateOf(reader, row, hereOf(context)));
    },

    'imports.get': async ({ params: { id } }, context) =>
      stateOf(context.reader, await findImport(context.reader, context.village.id, id), hereOf(context)),

    'imports.correct': async ({ params: { id }, body: options }, context) => {
      const { store, village } = context;
      const found = await store.read((reader) => findUnconfirmed(reader, village.id, id));
      const { kind, filename, bytes } = found;
      const reading = await papers.read(kind, { bytes, filename, options });
      const row = await store.transaction((tx) => keepCorrected(tx, found, { options, reading }));
      return store.read((reader) => stateOf(reader, row, hereOf(context)));
    },

    'imports.commit': async ({ params: { id } }, context) => {
      const { tx, village, actor, nowMs, today } = context;
      await tx.lockBook(village.id);
      const row = await findUnconfirmed(tx, village.id, id);
      refuseUnanswered(row, hereOf(context));
      const total = row.reading.counts.rows;
      const tell = (done: number, effect = underWay.get(id)?.effect ?? null) =>
        underWay.set(id, { progress: { done, total }, effect });
      try {
        const work = {
          ...{ tx, ledger, random, nowMs, today },
          villageId: village.id,
          importId: id,
          actorId: actor.id,
          newId: () => context.newId(),
          onProgress: (done: number) => tell(done),
        };
        const outcome = await writeReading(row.reading, work, (effect) => tell(0, effect));
        return await importState(tx, await closeImport(tx, row, outcome), hereOf(context));
      } finally {
        underWay.delete(id);
      }
    },
  };
}

interface Here {
  readonly villageName: string;
  readonly today: string;
}

function hereOf({ village, today }: { readonly village: VillageContext; readonly today: string }): Here {
  return { villageName: village.name, today };
}

function refuseUnanswered({ reading, options }: ImportRow, here: Here): void {
  const open = questionsAbout(reading, options, here).find(({ needsAnswer }) => needsAnswer);
  if (open) throw new Refusal('paper.unanswered', open.text);
}

async function findImport(reader: Reader, villageId: string, id: string): Promise<ImportRow> {
  const { imports } = reader.t;
  const [row] = await reader.db
    .select()
    .from(imports)
    .where(and(eq(imports.villageId, villageId), eq(imports.id, id)));
  if (!row) throw new Refusal('paper.not_found');
  return row;
}

async function findUnconfirmed(reader: Reader, villageId: string, id: string): Promise<ImportRow> {
  const row = await findImport(reader, villageId, id);
  if (row.state === 'committed') throw new Refusal('paper.committed');
  return row;
}

/** Marks the import as committed. The imported rows stay in the village; of the paper itself only figures are kept. */
async function closeImport(
  tx: Tx,
  row: ImportRow,
  { effect, result }: NonNullable<ImportRow['outcome']>,
): Promise<ImportRow> {
  const { imports } = tx.t;
  const closed = {
    state: 'committed' as const,
    bytes: Buffer.alloc(0),
    options: {},
    reading: withoutRows(row.reading),
    outcome: { effect: { ...effect, problems: [] }, result },
  };
  await tx.db
    .update(imports)
    .set(closed)
    .where(and(eq(imports.villageId, row.villageId), eq(imports.id, row.id)))
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
  };
}

async function comparedWithVillage(reader: Reader, { villageId, reading }: ImportRow, { today }: Here) {
  const plan = await planFor(reader, villageId, reading, today);
  const shown = plan.numbers ? withNumbers(reading, plan.numbers) : reading;
  return { preview: previewOf(shown), effect: effectOf(reading, plan) };
}

/** The rows of a roster with the numbers that they have or get in the village. */
function withNumbers(reading: PaperReading, numbers: ReadonlyMap<string, string>): PaperReading {
  if (reading.kind !== 'roster') return reading;
  const rows = reading.rows.map((row) => ({ ...row, number: numbers.get(rowKey(row)) ?? row.number }));
  return { ...reading, rows };
}

async function importState(reader: Reader, row: ImportRow, here: Here, now?: UnderWay): Promise<ImportState> {
  const { id, kind, filename, createdAtMs, state, reading, options, outcome } = row;
  const known = outcome?.effect ?? now?.effect;
  return {
    ...{ id, kind, filename, createdAtMs, state },
    ...(known
      ? { preview: previewOf(reading), effect: { ...known, needsApproval: known.needsApproval ?? false } }
      : await comparedWithVillage(reader, row, here)),
    questions: outcome ? [] : questionsAbout(reading, options, here),
    progress: now?.progress ?? null,
    result: outcome?.result ?? null,
  };
}
