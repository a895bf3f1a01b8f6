/**
 * Everything `npm test` checks besides the tests themselves. To add a check, add a row:
 * a program of node_modules or of scripts/, run by this Node; exit code 0 means that it passed.
 * Rows without `after` run two at a time; `after` waits for the row of that name.
 */
export const steps = [
  {
    name: 'types',
    title: 'types, on SQLite',
    program: 'node_modules/vue-tsc/bin/vue-tsc.js',
    args: ['--noEmit'],
  },
  {
    name: 'lint',
    title: 'lint',
    program: 'node_modules/eslint/bin/eslint.js',
    args: ['.', '--max-warnings', '0'],
  },
  {
    name: 'types-postgres',
    title: 'types, on PostgreSQL',
    program: 'node_modules/typescript/bin/tsc',
    args: ['--noEmit', '-p', 'tsconfig.postgres.json'],
  },
  {
    name: 'format',
    title: 'format',
    program: 'node_modules/prettier/bin/prettier.cjs',
    args: ['--check', '.'],
  },
  { name: 'imports', title: 'import rules', program: 'scripts/check-imports.mjs', args: [] },
  {
    name: 'unused',
    title: 'unused files, exports and packages',
    program: 'node_modules/knip/bin/knip.js',
    args: ['--no-progress'],
  },
  { name: 'migrations', title: 'migrations', program: 'scripts/check-migrations.mjs', args: [] },
  { name: 'build', title: 'build of the screens', program: 'scripts/build.mjs', args: [] },
  { name: 'bundle', title: 'bundle sizes', program: 'scripts/check-bundle.mjs', args: [], after: 'build' },
];

/** The vitest projects (vitest.config.ts), for `--only`. */
export const projects = ['unit', 'api', 'property', 'tooling', 'faults', 'e2e'];
