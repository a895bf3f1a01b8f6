import { expect, it } from 'vitest';
import { lastWord } from '../../scripts/run-vitest.mjs';

const file = (name: string, passed: number, failed: number) => ({
  file: `tests/${name}.test.ts`,
  ms: 10,
  passed,
  failed,
  skipped: 0,
});
const first = { files: [file('e2e/shop', 3, 1), file('e2e/board', 2, 0), file('api/shop', 9, 1)], errors: 0 };
const again = ['tests/e2e/shop.test.ts'];

it('takes what a file of browser tests says the second time, and names it', () => {
  const second = { files: [file('e2e/shop', 4, 0)], errors: 0 };
  const [{ files, errors }, unsteady] = lastWord(first, second, again);
  expect(files.map(({ passed, failed }) => [passed, failed])).toEqual([
    [4, 0],
    [2, 0],
    [9, 1],
  ]);
  expect([errors, unsteady]).toEqual([0, again]);
});

it('keeps the failure where the file fails again, is not seen again, or the run itself has errors', () => {
  for (const files of [[file('e2e/shop', 2, 2)], []]) {
    const [{ files: kept }, unsteady] = lastWord(first, { files, errors: 0 }, again);
    expect(kept[0]?.failed).toBeGreaterThan(0);
    expect(unsteady).toEqual([]);
  }
  expect(
    lastWord({ ...first, errors: 1 }, { files: [file('e2e/shop', 4, 0)], errors: 1 }, again)[0].errors,
  ).toBe(2);
});
