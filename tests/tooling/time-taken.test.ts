import { expect, it } from 'vitest';
import { timeTaken } from '../../scripts/time-taken.mjs';

it('tells at the end of a run which steps, kinds and files took how long, the slowest first', () => {
  const files = [
    { file: 'tests/unit/shared/points.test.ts', ms: 20 },
    { file: 'tests/api/fuzz.test.ts', ms: 70_400 },
    { file: 'tests/api/shop.test.ts', ms: 3_900 },
    ...Array.from({ length: 12 }, (_, index) => ({ file: `tests/e2e/${String(index)}.test.ts`, ms: 4_000 })),
  ];
  const lines = timeTaken([{ title: 'lint', ms: 63_600 }], files).split('\n');
  const [kinds, slowest] = [lines.slice(2, 6), lines.slice(8)];
  expect(kinds).toEqual([
    '  1 min 14 s  api: 2 files',
    '  1 min  3 s  lint',
    '      48.0 s  e2e: 12 files',
    '       0.0 s  unit: 1 file',
  ]);
  expect(slowest).toHaveLength(10);
  expect(slowest[0]).toBe('  1 min 10 s  tests/api/fuzz.test.ts');
  expect(slowest.join()).not.toContain('points');
});

it('says nothing of tests where none ran', () => {
  expect(timeTaken([{ title: 'lint', ms: 100 }], [])).not.toContain('slowest');
});
