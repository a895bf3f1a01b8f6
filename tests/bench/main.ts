/**
 * `npm run bench`: measures what the design promises, as ratios to a reference of the same run, and writes
 * docs/bench.md.
 *
 *   npm run bench                         all of it but what lasts an hour
 *   npm run bench -- --only post,http     some of it
 *   npm run bench -- --quick              short rounds and small books, nothing written
 *   npm run bench -- --only load --minutes 60
 *   npm run bench -- --only load --note "…"  what is to be known of this run, kept with its figures
 *   npm run bench -- --report             docs/bench.md written anew from the figures kept, nothing measured
 */
import process from 'node:process';
import { parseArgs } from 'node:util';
import { asTable, keep, writeReport } from './report.ts';
import type { Bench } from './figures.ts';
import { verifyBench } from './books.ts';
import { browserBench } from './browser.ts';
import { copyBench } from './copy.ts';
import { growthBench } from './growth.ts';
import { httpBench } from './http.ts';
import { manyBench } from './many.ts';
import { loadBench } from './mixed.ts';
import { postBench } from './post.ts';
import { postgresBench, processesBench } from './postgres.ts';
import { stagesBench } from './stages.ts';

const benches: readonly Bench[] = [
  postBench,
  httpBench,
  stagesBench,
  postgresBench,
  processesBench,
  manyBench,
  verifyBench,
  growthBench,
  browserBench,
  copyBench,
  loadBench,
];
/** Taken only when asked for by name. */
const LONG = new Set(['load']);

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    quick: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '60' },
    note: { type: 'string' },
    report: { type: 'boolean', default: false },
  },
});
const only = values.only.split(',').filter((id) => id !== '');
const unknown = only.filter((id) => !benches.some((bench) => bench.id === id));
if (unknown.length > 0) {
  console.error(`No such bench: ${unknown.join(', ')}. There are: ${benches.map(({ id }) => id).join(', ')}`);
  process.exit(2);
}
const asked = benches.filter(({ id }) => (only.length === 0 ? !LONG.has(id) : only.includes(id)));
for (const bench of values.report ? [] : asked) {
  console.log(`\n${bench.title}`);
  const figures = await bench.measure({
    quick: values.quick,
    minutes: Number(values.minutes),
    say: (text) => console.log(`  ${text}`),
  });
  console.log(asTable(keep(bench, figures, values).figures).join('\n'));
}
if (!values.quick) writeReport(benches);
