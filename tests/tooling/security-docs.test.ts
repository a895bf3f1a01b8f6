import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const { sections } = JSON.parse(readFileSync(join(root, 'tests/fixtures/asvs-5.0.0.json'), 'utf8')) as {
  sections: Readonly<Record<string, string>>;
};

/** The requirements of the first two levels, in their order. */
const wanted = Object.entries(sections).flatMap(([section, levels]) =>
  Array.from(levels, (level, index) => ({ id: `${section}.${index + 1}`, level })).filter(
    ({ level }) => level !== '3',
  ),
);
const ids = wanted.map(({ id }) => id);

/** The table rows whose first cell names requirements. */
function rowsOf(text: string): { ids: string[]; how: string; tests: string }[] {
  return text
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .filter(([, first = '']) => /^\d+\.\d+\.\d+/.test(first))
    .map(([, first = '', how = '', tests = '']) => ({ ids: first.split(', ').flatMap(spread), how, tests }));
}

/** Expands a range such as `10.1.1 – 10.4.4` to its requirements of the two levels. */
function spread(part: string): string[] {
  const [from = '', to = from] = part.split(' – ');
  return ids.slice(ids.indexOf(from), ids.indexOf(to) + 1);
}

function missingTests(text: string): string[] {
  const named = text.matchAll(/`((?:unit|api|property|tooling|faults|e2e)\/[\w./-]+)(?:: ([^`]+))?`/g);
  return Array.from(named)
    .filter(([, file, title]) => {
      const path = join(root, 'tests', `${file ?? ''}.test.ts`);
      return !existsSync(path) || (title !== undefined && !readFileSync(path, 'utf8').includes(title));
    })
    .map(([all]) => all);
}

describe('docs/security.md', () => {
  const text = readFileSync(join(root, 'docs/security.md'), 'utf8');

  it('answers every requirement of levels 1 and 2, and each once', () => {
    expect(wanted.filter(({ level }) => level === '1')).toHaveLength(70);
    expect(wanted.filter(({ level }) => level === '2')).toHaveLength(183);
    expect(rowsOf(text).flatMap((row) => row.ids)).toEqual(expect.arrayContaining(ids));
    expect(rowsOf(text).flatMap((row) => row.ids)).toHaveLength(ids.length);
  });

  it('says how, or why not', () => {
    for (const { ids: answered, how, tests } of rowsOf(text)) {
      expect(how.length + tests.length, answered.join(', ')).toBeGreaterThan(5);
      expect(tests, answered.join(', ')).toMatch(/^(?:–|`.+`)$/);
      // A requirement without a test needs an explanation.
      if (tests === '–') expect(how, answered.join(', ')).not.toBe('');
    }
  });

  it('names tests there are', () => {
    expect(missingTests(text)).toEqual([]);
    expect(missingTests('`api/no-such` `api/kernel: no such title`')).toHaveLength(2);
  });
});

describe('docs/threats.md', () => {
  const text = readFileSync(join(root, 'docs/threats.md'), 'utf8');

  it('tells of each of the ten, on one page, with tests there are', () => {
    const parts = text.split('\n## ').slice(1);
    expect(parts).toHaveLength(10);
    for (const part of parts) expect(part).toMatch(/`(?:api|unit|faults|e2e)\//);
    expect(missingTests(text)).toEqual([]);
    expect(text.split('\n').length).toBeLessThan(150);
  });
});
