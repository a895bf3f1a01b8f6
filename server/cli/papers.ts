import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Store } from '../../db/index.ts';
import type { VillageContext } from '../http/index.ts';
import { importBalances, type ImportSummary, importRoster, readPaper } from '../imports/index.ts';
import { createLedger } from '../ledger/index.ts';
import { type CliDesk, findVillage, hasDatabase, makeVillage, withStore } from './desk.ts';
import { CliProblem, EXIT, type ExitCode } from './problems.ts';

export interface PaperFlags {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly village?: string;
  readonly villageName?: string;
  readonly town?: string;
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
  if (flags.dryRun && !hasDatabase(desk)) return tell(desk, flags, readAlone(desk, kind, paper));
  return withStore(
    desk,
    async (store) => {
      const village = await villageFor(desk, store, flags);
      if (!village && flags.dryRun) return tell(desk, flags, readAlone(desk, kind, paper));
      if (!village) throw new CliProblem(EXIT.usage, desk.words.noVillage);
      const { clock, random, language } = desk;
      const tools = { store, ledger: createLedger({ clock }), random, clock };
      const order = { villageId: village.id, paper, actorId: 'system', dryRun: flags.dryRun ?? false };
      const importIt = kind === 'roster' ? importRoster : importBalances;
      return tell(desk, flags, await importIt(tools, order, language));
    },
    flags.villageName !== undefined && !flags.dryRun,
  );
}

async function villageFor(desk: CliDesk, store: Store, flags: PaperFlags): Promise<VillageContext | null> {
  const found = await findVillage(desk, store, flags.village);
  if (found || flags.dryRun || flags.villageName === undefined) return found;
  return makeVillage(desk, store, flags.villageName, flags.town ?? '—');
}

/** What is understood of the paper by itself, with no village to compare it with. */
function readAlone(desk: CliDesk, kind: Kind, paper: { bytes: Uint8Array; filename: string }): ImportSummary {
  const reading = readPaper(kind, paper);
  const leftOut =
    reading.problems.filter(({ severity }) => severity === 'error').length + reading.duplicates.length;
  return {
    households: reading.counts.rows,
    duplicates: reading.duplicates.length,
    problems: reading.problems.map(({ row, cell, reason }) => ({ row, cell, reason: reason[desk.language] })),
    columns: reading.columns,
    dryRun: true,
    created: reading.counts.rows,
    updated: 0,
    unchanged: 0,
    leftOut,
    journalNumbers: [],
  };
}

function tell(desk: CliDesk, { json }: PaperFlags, summary: ImportSummary): ExitCode {
  if (json) {
    desk.out(`${JSON.stringify(summary)}\n`);
    return EXIT.ok;
  }
  const { words } = desk;
  desk.out(`${words.paper(summary.households, summary.duplicates)}\n`);
  for (const { cell, row, reason } of summary.problems)
    desk.out(`  ${cell ?? String(row ?? '')}  ${reason}\n`);
  desk.out(`${words.written(summary.created, summary.updated, summary.unchanged, summary.leftOut)}\n`);
  if (summary.dryRun) desk.out(`${words.dryRun}\n`);
  return EXIT.ok;
}

function readPaperFile(desk: CliDesk, file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch {
    throw new CliProblem(EXIT.usage, desk.words.cannotRead(file));
  }
}
