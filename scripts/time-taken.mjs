/** Lists the slowest parts of `npm test` at its end, so that a test that became slow is noticed at once. */

const SLOWEST = 10;

/**
 * @param {{ title: string, ms: number }[]} steps
 * @param {{ file: string, ms: number }[]} files test files by their path from the root
 */
export function timeTaken(steps, files) {
  const kinds = new Map();
  for (const { file, ms } of files) {
    const kind = file.split('/')[1] ?? file;
    const { count, sum } = kinds.get(kind) ?? { count: 0, sum: 0 };
    kinds.set(kind, { count: count + 1, sum: sum + ms });
  }
  const rows = [
    ...steps.map(({ title, ms }) => [title, ms]),
    ...Array.from(kinds, ([kind, { count, sum }]) => [
      `${kind}: ${count} ${count === 1 ? 'file' : 'files'}`,
      sum,
    ]),
  ];
  const slowest = files.map(({ file, ms }) => [file, ms]).sort(slowestFirst);
  return [
    ...titled('Where the time went (two checks, then three files at a time)', rows.sort(slowestFirst)),
    ...titled('The slowest files', slowest.slice(0, SLOWEST)),
  ].join('\n');
}

function slowestFirst([, a], [, b]) {
  return b - a;
}

function titled(title, rows) {
  if (rows.length === 0) return [];
  return ['', title, ...rows.map(([name, ms]) => `${minutes(ms).padStart(12)}  ${name}`)];
}

function minutes(ms) {
  const seconds = ms / 1000;
  return seconds < 60
    ? `${seconds.toFixed(1)} s`
    : `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2)} s`;
}
