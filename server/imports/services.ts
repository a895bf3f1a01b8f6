import type { Reader, Store } from '../../db/store.ts';
import { businessDay } from '../../shared/business-day.ts';
import type { ImportEffect, ImportQuestion, ImportResult } from '../../shared/imports/contract.ts';
import type { PaperKind, PaperReading } from '../../shared/imports/papers.ts';
import { Refusal } from '../../shared/errors.ts';
import { createIds, type RandomBytes, readVillage } from '../http/index.ts';
import type { Ledger } from '../ledger/index.ts';
import type { Paper, PaperReader } from '../papers/index.ts';
import { planBalances } from './balances.ts';
import { planGoods } from './goods.ts';
import { effectOf, type ImportWork, type Plan } from './plan.ts';
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
  /** Staff id, or 'system'. */
  readonly actorId: string;
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
  const { store, papers, clock } = tools;
  const { villageId, paper, actorId, dryRun, onProgress } = order;
  const reading = await papers.read(kind, paper);
  if (dryRun) {
    return store.read(async (reader) => {
      const here = await hereAt(reader, villageId, clock());
      const effect = effectOf(reading, await planFor(reader, villageId, reading, here.today));
      return { reading, effect, result: null, questions: questionsAbout(reading, {}, here) };
    });
  }
  const newId = createIds(clock, tools.random);
  return store.transaction(async (tx) => {
    const nowMs = clock();
    const here = await hereAt(tx, villageId, nowMs);
    const written = await writeReading(reading, {
      ...{ tx, ledger: tools.ledger, random: tools.random, villageId, actorId, nowMs, newId },
      importId: newId(),
      today: here.today,
      onProgress: (done) => onProgress?.(done, reading.counts.rows),
    });
    return { reading, ...written, questions: questionsAbout(reading, {}, here) };
  });
}

/** Plans the changes that a paper would make today. */
export function planFor(
  reader: Reader,
  villageId: string,
  reading: PaperReading,
  today: string,
): Promise<Plan> {
  switch (reading.kind) {
    case 'roster':
      return planRoster(reader, villageId, reading);
    case 'balances':
      return planBalances(reader, villageId, reading);
    case 'rules':
      return planRules(reader, villageId, reading);
    case 'goods':
      return planGoods(reader, villageId, reading, today);
  }
}

/** Compares the reading with the village under its lock and writes what is new. Refuses a paper without rows. */
export async function writeReading(
  reading: PaperReading,
  work: ImportWork,
  onEffect: (effect: ImportEffect) => void = () => undefined,
): Promise<{ effect: ImportEffect; result: ImportResult }> {
  await work.tx.lockBook(work.villageId);
  const plan = await planFor(work.tx, work.villageId, reading, work.today);
  const effect = effectOf(reading, plan);
  if (effect.create + effect.update + effect.unchanged === 0) throw new Refusal('paper.nothing');
  onEffect(effect);
  const journalNumbers = await plan.write(work);
  const { create: created, update: updated, unchanged, leftOut } = effect;
  return { effect, result: { created, updated, unchanged, leftOut, journalNumbers } };
}

async function hereAt(reader: Reader, villageId: string, nowMs: number) {
  const village = await readVillage(reader, villageId);
  if (!village) throw new Refusal('village.not_found');
  return { villageName: village.name, today: businessDay(nowMs, village.settings.timeZone) };
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
