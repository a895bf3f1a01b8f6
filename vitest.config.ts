import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config';
import { SlowestFirst } from './tests/support/slowest-first.ts';

const seconds = 1000;
/** For tests that start servers and open pages: a failure may be seen on another computer only. */
const SHOW_WHAT_FAILED = ['tests/support/show-what-failed.ts'];

interface Options {
  timeoutSeconds: number;
  /** Prepared before the tests: the private PostgreSQL and migrated databases, or those and the demo village. */
  setup?: 'databases' | 'demo';
  /**
   * Files of this kind share a worker's modules instead of loading the server a hundred times. The server keeps its
   * state in stores and in the objects of `createApp`, not in its modules. The client's modules do keep state.
   */
  sharesModules?: boolean;
  /** Run in each worker before a file's own tests. */
  setupFiles?: readonly string[];
  /** Files in which time counts. They run after all others, one at a time: a second one would cost them their times. */
  alone?: readonly string[];
}

/** One project for each kind of test, such as `--project unit`. Files that run alone are in `--project e2e-alone`. */
function kind(
  name: string,
  { timeoutSeconds, setup, sharesModules = false, setupFiles = [], alone = [] }: Options,
): TestProjectInlineConfiguration[] {
  const measured = alone.map((file) => `tests/${name}/${file}`);
  const test = {
    name,
    include: [`tests/${name}/**/*.test.ts`],
    exclude: measured,
    environment: 'node',
    pool: 'forks' as const,
    // Most garbage of tests is short-lived, so a larger young generation saves time.
    execArgv: ['--max-semi-space-size=32'],
    isolate: !sharesModules,
    setupFiles: [...(sharesModules ? ['tests/support/leave-clean.ts'] : []), ...setupFiles],
    // A machine that does three things at once may take long for what is seen by looking again.
    expect: { poll: { timeout: 15 * seconds } },
    testTimeout: timeoutSeconds * seconds,
    hookTimeout: timeoutSeconds * seconds,
    globalSetup: [
      ...(setup === undefined ? [] : ['tests/support/globalSetup.ts']),
      ...(setup === 'demo' ? ['tests/support/demo-setup.ts'] : []),
    ],
    maxWorkers: 3,
    sequence: { groupOrder: 0 },
  };
  if (alone.length === 0) return [{ test }];
  const measuring = {
    ...test,
    name: `${name}-alone`,
    include: measured,
    exclude: [],
    maxWorkers: 1,
    sequence: { groupOrder: 1 },
  };
  return [{ test }, { test: measuring }];
}

export default defineConfig({
  test: {
    maxWorkers: 3,
    sequence: { sequencer: SlowestFirst },
    // The spreadsheet library logs this for broken .xls files, which some tests make on purpose.
    onConsoleLog: (log) => !log.includes('Missing Info for XLS Record'),
    coverage: {
      provider: 'v8',
      include: ['shared/**', 'db/**', 'server/**', 'client/**'],
      reportsDirectory: 'coverage',
    },
    projects: [
      ...kind('unit', { timeoutSeconds: 20 }),
      ...kind('api', { timeoutSeconds: 60, setup: 'databases', sharesModules: true }),
      ...kind('property', { timeoutSeconds: 240, setup: 'databases', sharesModules: true }),
      ...kind('tooling', { timeoutSeconds: 240, setup: 'databases', alone: ['commands.test.ts'] }),
      ...kind('faults', {
        timeoutSeconds: 240,
        setup: 'databases',
        sharesModules: true,
        setupFiles: SHOW_WHAT_FAILED,
      }),
      ...kind('e2e', {
        timeoutSeconds: 240,
        setup: 'demo',
        sharesModules: true,
        setupFiles: SHOW_WHAT_FAILED,
        alone: ['lighthouse.test.ts', 'scanner-torture.test.ts'],
      }),
    ],
  },
});
