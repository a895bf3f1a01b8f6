import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import Database from 'better-sqlite3';
import { amount, type Figure, isReached, judged, type Section } from './figures.ts';

export interface Taken extends Omit<Section, 'remarks'> {
  readonly takenAt: string;
  readonly machine: string;
  readonly versions: string;
  readonly quick: boolean;
  /** A remark about this run only. */
  readonly note?: string;
  readonly figures: readonly Figure[];
}

const docs = join(import.meta.dirname, '..', '..', 'docs');
const folder = join(docs, 'bench');

/** Saves the figures in one file for each section, so that a single section can be measured again. */
export function keep(
  section: Section,
  figures: readonly Figure[],
  { quick, note }: { readonly quick: boolean; readonly note?: string | undefined },
): Taken {
  const taken: Taken = {
    id: section.id,
    title: section.title,
    how: section.how,
    takenAt: new Date().toISOString().slice(0, 16).replace('T', ' '),
    machine: machine(),
    versions: versions(),
    quick,
    ...(note === undefined ? {} : { note }),
    figures,
  };
  if (!quick) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${section.id}.json`), `${JSON.stringify(taken, null, 2)}\n`);
  }
  return taken;
}

/** Writes docs/bench.md from all saved figures, in the order of the sections, with their present remarks. */
export function writeReport(sections: readonly Section[]): void {
  const order = sections.map(({ id }) => id);
  const kept = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Taken)
    .sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
  const parts = [
    '# How fast it is',
    '',
    'Written by `npm run bench`; taken on small, noisy machines. What counts are the ratios: each compares ours to a',
    'reference of the same run, round by round. A figure is the middle of its rounds, or the value said,',
    'with the least and the most of them.',
    '`npm run bench -- --only NAME` takes one section again; `--quick` shows that all of it runs.',
    '',
    ...kept.flatMap((taken) => sectionText(taken, sections[order.indexOf(taken.id)]?.remarks ?? [])),
  ];
  writeFileSync(join(docs, 'bench.md'), `${parts.join('\n').trimEnd()}\n`);
}

export function asTable(figures: readonly Figure[]): string[] {
  return [
    '| what | figure | rounds | reach | ours | reference |',
    '| --- | --- | --- | --- | --- | --- |',
    ...figures.map((figure) => `| ${cells(figure).join(' | ')} |`),
  ];
}

function sectionText(taken: Taken, remarks: readonly string[]): string[] {
  return [
    `## ${taken.title}`,
    '',
    `\`npm run bench -- --only ${taken.id}\` · ${taken.takenAt} UTC · ${taken.machine} · ${taken.versions}`,
    '',
    taken.how,
    '',
    ...asTable(taken.figures),
    '',
    ...[...remarks, ...(taken.note === undefined ? [] : [taken.note])].flatMap((remark) => [remark, '']),
  ];
}

function cells(figure: Figure): string[] {
  const { what, unit, values, aim, ours = '', reference = '' } = figure;
  const sign = { true: '✓ ', false: '✗ ', null: '' }[String(isReached(figure)) as 'true' | 'false' | 'null'];
  const span =
    values.length > 1 ? `${amount(Math.min(...values), '')}–${amount(Math.max(...values), '')}` : '1';
  const reach = aim === undefined ? '' : 'atLeast' in aim ? `≥ ${aim.atLeast}` : `≤ ${aim.atMost}`;
  const reachWithUnit = reach && unit !== '×' ? `${reach} ${unit}` : reach;
  return [what, `${sign}${amount(judged(figure), unit)}`, span, reachWithUnit, ours, reference];
}

function machine(): string {
  const [first] = cpus();
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  return `${cpus().length} × ${first?.model.trim() ?? 'unknown'}, ${memoryGb} GB`;
}

function versions(): string {
  const db = new Database(':memory:');
  const sqlite = db.prepare('select sqlite_version()').pluck().get() as string;
  db.close();
  return `Node ${process.versions.node}, SQLite ${sqlite}`;
}
