import type { DecideAt, GuardedAt } from '../at.ts';
import type { Via } from '../../shared/acts/via.ts';
import {
  chunked,
  type Reader,
  stagedForm,
  type StagedRun,
  type Store,
  type Tx,
  writeRows,
  writeStaged,
} from '../../db/index.ts';
import { businessDay } from '../../shared/business-day.ts';
import type { ImportEffect, ImportQuestion, ImportResult } from '../../shared/imports/contract.ts';
import type { PaperKind, PaperReading } from '../../shared/imports/papers.ts';
import { Refusal } from '../../shared/errors.ts';
import { createIds, type RandomBytes, readVillage } from '../http/index.ts';
import { nextTurn, OutOfDate, runLongWrite } from '../commands/index.ts';
import { type EntryInput, type Ledger, orRefuse } from '../ledger/index.ts';
import type { Paper, PaperReader } from '../papers/index.ts';
import { planBalances } from './balances.ts';
import { planGoods } from './goods.ts';
import { needSecondForImport } from './guard-import.ts';
import { type ImportActAt, importActs } from './import-acts.ts';
import { effectOf, type Plan, type PlanAt, type StageAt, type Staged } from './plan.ts';
import { questionsAbout } from './questions.ts';
import { planRoster } from './roster.ts';
import { planRules } from './rules.ts';

export interface ImportTools {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly papers: PaperReader;
  readonly random: RandomBytes;
  readonly clock: () => number;
}

export interface ImportOrder {
  readonly villageId: string;
  readonly paper: Paper;
  /** Staff id, or `command_line`. */
  readonly actorId: string;
  readonly via: Via;
  /** Reads and compares, and writes nothing. */
  readonly dryRun: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

export interface Imported<R extends PaperReading = PaperReading> {
  readonly reading: R;
  readonly effect: ImportEffect;
  /** Null after a dry run. */
  readonly result: ImportResult | null;
  /** A screen asks these first. A program gets them with the problems. */
  readonly questions: readonly ImportQuestion[];
}

/** The result of importing a roster or balances, for programs. */
export interface ImportSummary {
  /** Rows that make or meet a household. */
  readonly households: number;
  readonly duplicates: number;
  readonly problems: { readonly row: number | null; readonly cell: string | null; readonly reason: string }[];
  readonly columns: PaperReading['columns'];
  readonly dryRun: boolean;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly leftOut: number;
  readonly journalNumbers: readonly number[];
}

export function importRoster(tools: ImportTools, order: ImportOrder, language: 'zh' | 'en' = 'zh') {
  return importAndSum(tools, 'roster', order, language);
}

export function importBalances(tools: ImportTools, order: ImportOrder, language: 'zh' | 'en' = 'zh') {
  return importAndSum(tools, 'balances', order, language);
}

/** Reads a paper and, unless it is a dry run, writes all of it or nothing. */
export async function importPaper(
  tools: ImportTools,
  kind: PaperKind,
  order: ImportOrder,
): Promise<Imported> {
  const { store, papers, clock, ledger, random } = tools;
  const { villageId, paper, actorId, via, dryRun, onProgress } = order;
  const { filename } = paper;
  const reading = await papers.read(kind, paper);
  const nowMs = clock();
  const here = await store.read((reader) => hereAt(reader, villageId, nowMs));
  const questions = questionsAbout(reading, {}, here);
  if (dryRun) {
    const at = { villageId, today: here.today, pause: nextTurn };
    const plan = await store.read((reader) => planFor(reader, at, reading));
    return { reading, effect: effectOf(reading, plan), result: null, questions };
  }
  const newId = createIds(clock, random);
  // The command line needs no second person, for a restore neither: its acts tell of it.
  const village = { openedAtMs: null, settings: here.settings };
  const by = { villageId, actorId, via, nowMs, today: here.today, newId, village };
  const at = { ledger, random, ...by, importId: newId(), filename };
  const written = await runLongWrite(store, {
    prepare: () =>
      prepareReading(store, reading, at, {
        async onPut(_, done) {
          onProgress?.(done, reading.counts.rows);
          return Promise.resolve();
        },
      }),
    commit: (tx, prepared) => writePrepared(tx, reading, at, prepared),
  });
  return { reading, ...written, questions };
}

/** Plans the changes that a paper would make today. */
export function planFor(reader: Reader, at: PlanAt, reading: PaperReading): Promise<Plan> {
  switch (reading.kind) {
    case 'roster':
      return planRoster(reader, at, reading);
    case 'balances':
      return planBalances(reader, at, reading);
    case 'rules':
      return planRules(reader, at, reading);
    case 'goods':
      return planGoods(reader, at, reading);
    // Scores are proposed by a command (score-handlers.ts), and nobody writes them.
    case 'scores':
      throw new Refusal('paper.not_found');
  }
}

/** The context in which a reading is written. */
export interface ImportAt extends DecideAt, ImportActAt, GuardedAt, Pick<StageAt, 'random' | 'isOfDemo'> {
  readonly ledger: Ledger;
}

/** An import that only has to be written. */
export interface PreparedImport {
  readonly effect: ImportEffect;
  readonly run: StagedRun;
  /** How many rows are staged. */
  readonly count: number;
  readonly entries: readonly EntryInput[];
  /** The entries of its acts, which follow. */
  readonly acts: readonly EntryInput[];
  /** The part to which a second person may have to agree. */
  readonly guarded: Pick<Staged, 'loosening' | 'takenIn'>;
  readonly isStillRight: Plan['isStillRight'];
}

/** The callbacks of an import that is prepared. */
interface Told {
  /** Told what the import will change, before its rows are worked out. */
  readonly onEffect?: (effect: ImportEffect) => Promise<void>;
  /** Told with each piece, in its transaction, how many rows of the paper are done. */
  readonly onPut: (tx: Tx, done: number) => Promise<void>;
}

/**
 * Compares the reading with the village, works out all that it writes, and stages it. Others read and write between the
 * pieces. Refuses a paper without rows.
 */
export async function prepareReading(
  store: Store,
  reading: PaperReading,
  at: ImportAt,
  { onEffect, onPut }: Told,
): Promise<PreparedImport> {
  const { villageId, importId, today, nowMs } = at;
  const run = { villageId, importId, run: at.newId() };
  const plan = await store.read((reader) => planFor(reader, { villageId, today, pause: nextTurn }, reading));
  const effect = requireEffect(reading, plan);
  await onEffect?.(effect);
  let count = 0;
  const staged = await plan.stage({
    ...at,
    read: (work) => store.read(work),
    async put(rows, done) {
      await store.transaction(async (tx) => {
        await writeRows(tx, stagedForm(tx, run, rows, { from: count, nowMs }));
        await onPut(tx, done);
      });
      count += rows.length;
    },
  });
  const acts = importActs(at, reading.kind, effect, staged);
  const { entries } = staged;
  return { effect, run, count, entries, acts, guarded: staged, isStillRight: plan.isStillRight };
}

/** So many entries are drafted and written without a pause. */
const ENTRIES_A_PIECE = 250;
/** An act of an import has a hundred facts. */
const ACTS_A_PIECE = 3;

/**
 * Makes an import true, under the village's lock, if the village is as it was when it was prepared. One that was not
 * prepared is worked out here.
 */
export async function writePrepared(
  tx: Tx,
  reading: PaperReading,
  at: ImportAt,
  prepared: PreparedImport | null,
): Promise<{ effect: ImportEffect; result: ImportResult }> {
  const { ledger, villageId } = at;
  await tx.lockBook(villageId);
  if (prepared && !(await prepared.isStillRight(tx))) throw new OutOfDate();
  if (prepared) await needSecondForImport(tx, at, reading.kind, prepared.guarded);
  if (prepared) await writeStaged(tx, prepared.run, prepared.count);
  const { effect, entries, acts } = prepared ?? (await writeHere(tx, reading, at));
  const journalNumbers: number[] = [];
  for (const some of chunked(entries, ENTRIES_A_PIECE)) {
    const booked = orRefuse(await ledger.postMany(tx, villageId, some));
    for (const { number } of booked.entries) journalNumbers.push(number);
    await tx.pause();
  }
  for (const some of chunked(acts, ACTS_A_PIECE)) {
    orRefuse(await ledger.postMany(tx, villageId, some));
    await tx.pause();
  }
  const { create: created, update: updated, unchanged, leftOut } = effect;
  return { effect, result: { created, updated, unchanged, leftOut, journalNumbers } };
}

async function writeHere(
  tx: Tx,
  reading: PaperReading,
  at: ImportAt,
): Promise<Pick<PreparedImport, 'effect' | 'entries' | 'acts'>> {
  const { villageId, today } = at;
  const plan = await planFor(tx, { villageId, today, pause: () => tx.pause() }, reading);
  const effect = requireEffect(reading, plan);
  const staged = await plan.stage({
    ...at,
    read: (work) => work(tx),
    async put(rows) {
      await writeRows(tx, rows);
      await tx.pause();
    },
  });
  // If it is refused, the rows that were put are undone with everything else.
  await needSecondForImport(tx, at, reading.kind, staged);
  return { effect, entries: staged.entries, acts: importActs(at, reading.kind, effect, staged) };
}

function requireEffect(reading: PaperReading, plan: Plan): ImportEffect {
  const effect = effectOf(reading, plan);
  if (effect.create + effect.update + effect.unchanged === 0) throw new Refusal('paper.nothing');
  return effect;
}

async function hereAt(reader: Reader, villageId: string, nowMs: number) {
  const village = await readVillage(reader, villageId);
  if (!village) throw new Refusal('village.not_found');
  const { name: villageName, settings } = village;
  return { villageName, settings, today: businessDay(nowMs, settings.timeZone) };
}

async function importAndSum(
  tools: ImportTools,
  kind: PaperKind,
  order: ImportOrder,
  language: 'zh' | 'en',
): Promise<ImportSummary> {
  const { reading, effect, result, questions } = await importPaper(tools, kind, order);
  const problems = [
    ...questions.map(({ text }) => ({ row: null, cell: null, reason: text })),
    ...reading.problems,
    ...effect.problems,
  ];
  return {
    households: effect.create + effect.update + effect.unchanged,
    duplicates: reading.duplicates.length,
    problems: problems.map(({ row, cell, reason }) => ({ row, cell, reason: reason[language] })),
    columns: reading.columns,
    dryRun: order.dryRun,
    created: effect.create,
    updated: effect.update,
    unchanged: effect.unchanged,
    leftOut: effect.leftOut,
    journalNumbers: result?.journalNumbers ?? [],
  };
}
