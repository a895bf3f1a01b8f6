import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';

const seconds = 1000;

interface Options {
  timeoutSeconds: number;
  /** Starts the private PostgreSQL before the tests. */
  postgres?: boolean;
  /** Projects that measure time or drive a browser run alone, after the others, one file at a time. */
  alone?: number;
}

/** One project per kind of proof: `npx vitest run --project unit`. */
function project(name: string, { timeoutSeconds, postgres, alone }: Options): TestProjectInlineConfiguration {
  return {
    test: {
      name,
      include: [`tests/${name}/**/*.test.ts`],
      environment: 'node',
      pool: 'forks',
      testTimeout: timeoutSeconds * seconds,
      hookTimeout: timeoutSeconds * seconds,
      globalSetup: postgres === true ? ['tests/support/globalSetup.ts'] : [],
      maxWorkers: alone === undefined ? 2 : 1,
      fileParallelism: alone === undefined,
      sequence: { groupOrder: alone ?? 0 },
    },
  };
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    // The spreadsheet library says this of broken .xls files, which some tests make on purpose.
    onConsoleLog: (log) => !log.includes('Missing Info for XLS Record'),
    coverage: { provider: 'v8', include: ['shared/**', 'db/**', 'server/**', 'client/**'], reportsDirectory: 'coverage' },
    projects: [
      project('unit', { timeoutSeconds: 20 }),
      project('api', { timeoutSeconds: 60, postgres: true }),
      project('property', { timeoutSeconds: 240, postgres: true }),
      project('tooling', { timeoutSeconds: 240, postgres: true, alone: 1 }),
      project('faults', { timeoutSeconds: 240, postgres: true, alone: 2 }),
      project('e2e', { timeoutSeconds: 240, postgres: true, alone: 3 }),
    ],
  },
});
