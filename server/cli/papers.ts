import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { hasDatabase } from '../../db/index.ts';
import type { PaperReading } from '../../shared/imports/papers.ts';
import { Refusal } from '../../shared/errors.ts';
import { importBalances, type ImportSummary, importRoster } from '../imports/index.ts';
import { paperReader } from '../papers/index.ts';
import { type CliDesk, findOrMakeVillage, findVillage, type NewVillageFlags, withStore } from './desk.ts';
import { CliProblem, EXIT, type ExitCode } from './problems.ts';
import { progressOn } from './progress.ts';

export interface PaperFlags extends NewVillageFlags {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

type Kind = 'roster' | 'balances';

/** Imports a roster or opening balances. A dry run needs no village, and makes no database. */
export async function paperCommand(
  desk: CliDesk,
  kind: Kind,
  file: string,
  flags: PaperFlags,
): Promise<ExitCode> {
  const paper = { bytes: readPaperFile(desk, file), filename: basename(file) };
  const papers = paperReader();
  const alone = readAlone(desk, await papers.read(kind, paper));
  const hasData = await hasDatabase(desk);
  if (flags.dryRun && !hasData) return tell(desk, flags, alone);
  if (!hasData && flags.villageName === undefined) throw new CliProblem(EXIT.usage, desk.say('no_village'));
  // Refused before a village is made for it.
  if (!flags.dryRun && alone.households === 0) throw new Refusal('paper.nothing');
  return withStore(
    desk,
    async (store) => {
      const village = flags.dryRun
        ? await findVillage(desk, store, flags.village)
        : await findOrMakeVillage(desk, store, flags);
      if (!village) return tell(desk, flags, alone);
      const { clock, ledger, random, language } = desk;
      const tools = { store, ledger, papers, random, clock };
      const progress = progressOn(desk);
      const order = {
        villageId: village.id,
        paper,
        actorId: 'command_line',
        via: 'command_line' as const,
        dryRun: flags.dryRun ?? false,
        onProgress: (done: number, total: number) => progress(paper.filename, done, total),
      };
      const importIt = kind === 'roster' ? importRoster : importBalances;
      return tell(desk, flags, await importIt(tools, order, language));
    },
    flags.villageName !== undefined && !flags.dryRun,
  );
}

/** Summarises the paper by itself, with no village to compare it with. */
function readAlone(desk: CliDesk, reading: PaperReading): ImportSummary {
  const wrong = reading.problems.filter(({ severity }) => severity === 'error');
  const leftOut = new Set(
    [...wrong, ...reading.duplicates].map(({ sheet, row }) => `${sheet}!${String(row)}`),
  );
  return {
    households: reading.counts.rows,
    duplicates: reading.duplicates.length,
    problems: reading.problems.map(({ row, cell, reason }) => ({ row, cell, reason: reason[desk.language] })),
    columns: reading.columns,
    dryRun: true,
    created: reading.counts.rows,
    updated: 0,
    unchanged: 0,
    leftOut: leftOut.size,
    journalNumbers: [],
  };
}

function tell(desk: CliDesk, { json }: PaperFlags, summary: ImportSummary): ExitCode {
  if (json) {
    const { households, duplicates, problems, columns, ...written } = summary;
    const understood = { households, duplicates, problems, columns };
    desk.out(`${JSON.stringify(summary.dryRun ? understood : { ...understood, ...written })}\n`);
    return EXIT.ok;
  }
  const { say } = desk;
  desk.out(`${say('paper', { households: summary.households, duplicates: summary.duplicates })}\n`);
  for (const { cell, row, reason } of summary.problems)
    desk.out(`  ${cell ?? String(row ?? '')}  ${reason}\n`);
  const { created, updated, unchanged, leftOut } = summary;
  desk.out(`${say('written', { created, updated, unchanged, leftOut })}\n`);
  if (summary.dryRun) desk.out(`${say('dry_run')}\n`);
  return EXIT.ok;
}

function readPaperFile(desk: CliDesk, file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch {
    throw new CliProblem(EXIT.usage, desk.say('cannot_read', { file }));
  }
}
