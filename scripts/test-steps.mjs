const strict = ['--max-warnings', '0'];

/**
 * The checks of `npm test` besides the tests. To add a check, add a row: a `tool` is an installed package (and its
 * command, if that has another name), a `script` is a file in this folder. Exit code 0 means that it passed. Two run at
 * a time. A row with `after` waits for the row of that name.
 */
export const steps = [
  {
    name: 'types-vue',
    title: 'types of the screens',
    tool: 'vue-tsc',
    args: ['--noEmit', '-p', 'tsconfig.client.json'],
  },
  { name: 'lint-vue', title: 'lint of the screens', tool: 'eslint', args: ['client/**/*.vue', ...strict] },
  { name: 'lint', title: 'lint and types', tool: 'oxlint', args: [] },
  {
    name: 'types-postgres',
    title: 'types, on PostgreSQL',
    tool: 'typescript tsc',
    args: ['--noEmit', '-p', 'tsconfig.postgres.json'],
  },
  { name: 'format', title: 'format', tool: 'prettier', args: ['--check', '--log-level', 'warn', '.'] },
  { name: 'imports', title: 'import rules', script: 'check-imports.mjs', args: [] },
  { name: 'unused', title: 'unused files, exports and packages', tool: 'knip', args: ['--no-progress'] },
  { name: 'migrations', title: 'migrations', script: 'check-migrations.mjs', args: [] },
  { name: 'build', title: 'build of the screens', script: 'build.mjs', args: [] },
  { name: 'bundle', title: 'bundle sizes', script: 'check-bundle.mjs', args: [], after: 'build' },
];

/** The vitest projects (vitest.config.ts), for `--only`. */
export const projects = ['unit', 'api', 'property', 'tooling', 'faults', 'e2e'];
