import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { sourceFiles } from '../../support/source-files.ts';

/** Two reads of one name would share one prepared statement, and the second would answer with the first's. */
it('every read of commands has a name of its own, which tells its room', () => {
  const names = sourceFiles('server', /\.ts$/).flatMap((file) =>
    Array.from(
      readFileSync(file, 'utf8').matchAll(/= read<[^]*?>\(\)\(\{\s*name: '([^']+)'/g),
      ([, name]) => {
        return { name: name ?? '', room: /server\/([^/]+)\//.exec(file)?.[1] };
      },
    ),
  );
  expect(names.length).toBeGreaterThan(20);
  expect(names.filter(({ name, room }) => !name.startsWith(`${room}.`))).toEqual([]);
  expect(names.map(({ name }) => name).filter((name, index, all) => all.indexOf(name) !== index)).toEqual([]);
});
