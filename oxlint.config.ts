import { defineConfig, type OxlintOverride } from 'oxlint';
import { keysByIntents, plainRules, typedRules } from './scripts/lint-options.ts';

const outgoing = 'The server speaks to the shop’s printer alone and starts no programs (docs/security.md).';

interface ClosedPath {
  readonly name: string;
  readonly importNames?: string[];
}

/** Modules that nothing but sending, or starting programs, is done with. */
const CLOSED: readonly ClosedPath[] = [
  ...['http2', 'tls', 'dns', 'dgram', 'child_process', 'vm'].flatMap((name) => [
    { name },
    { name: `node:${name}` },
  ]),
  { name: 'https' },
  ...['node:http', 'node:https'].map((name) => ({
    name,
    importNames: ['request', 'get', 'Agent', 'default'],
  })),
];
/** A server listens with this module, too. */
const LISTENING: readonly ClosedPath[] = [
  { name: 'net' },
  { name: 'node:net', importNames: ['connect', 'createConnection', 'Socket', 'default'] },
];

/** Forbids to send requests, to start programs by these modules, and to run code made of text. */
const closed = (paths: readonly ClosedPath[]): NonNullable<OxlintOverride['rules']> => ({
  'no-new-func': 'error',
  'no-restricted-globals': ['error', 'fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'],
  'no-restricted-imports': [
    'error',
    { paths: paths.map((path) => ({ ...path, message: outgoing, allowTypeImports: true })) },
  ],
});

export default defineConfig({
  plugins: ['typescript'],
  jsPlugins: ['./scripts/lint-rules.mjs'],
  categories: { correctness: 'off' },
  // `typeCheck` reports TypeScript's own errors in the same pass.
  options: { typeAware: true, typeCheck: true, denyWarnings: true, reportUnusedDisableDirectives: 'error' },
  ignorePatterns: [
    'dist/',
    'data/',
    'coverage/',
    'test-artefacts/',
    '.jishan/',
    'tests/tooling/fixtures/',
    '**/*.vue',
  ],
  rules: plainRules,
  overrides: [
    { files: ['**/*.ts'], rules: typedRules },
    {
      // These files are type-checked for each engine. Code that one engine does not need may be needed by the other.
      files: ['db/**/*.ts'],
      rules: {
        'typescript/no-unnecessary-type-assertion': 'off',
        'typescript/no-unnecessary-condition': 'off',
        'typescript/no-deprecated': 'off', // old overloads of primaryKey and foreignKey share the name
      },
    },
    // A function that defines tables is a list and may be long.
    { files: ['db/tables/**/*.ts'], rules: { 'max-lines-per-function': 'off' } },
    { files: ['shared/*/{words,paper-sentences}.ts'], rules: { 'max-lines': 'off' } },
    {
      // Types do not check raw SQL. Words that only one engine knows stay in db/.
      files: ['server/**/*.ts', 'shared/**/*.ts'],
      rules: { 'jishan/no-engine-words': 'error' },
    },
    {
      // The program sends no requests, starts no commands and runs no code made of text.
      files: ['server/**/*.ts', 'shared/**/*.ts', 'db/**/*.ts'],
      // One file forks the process that makes backups, another speaks to the shop's printer.
      excludeFiles: ['server/backups/backup-process.ts', 'server/printers/send-to-printer.ts'],
      rules: closed([...CLOSED, ...LISTENING]),
    },
    {
      files: ['server/printers/send-to-printer.ts'],
      rules: closed(CLOSED),
    },
    { files: ['server/**/*.ts'], rules: { 'jishan/own-tables': 'error' } },
    {
      files: ['client/**/*.ts'],
      excludeFiles: [
        // The server notes a showing once a day, however often it is told.
        'client/board/composables/useShowings.ts',
        'client/intent/**',
        'client/kiosk/counter/**',
        'client/kiosk/create-kiosk.ts',
        'client/kiosk/main.ts',
      ],
      rules: { 'no-restricted-imports': keysByIntents },
    },
    { files: ['client/**/*.ts'], rules: { 'jishan/no-late-watch': 'error' } },
    {
      files: ['scripts/**/*.mjs', 'tests/**', 'server/main.mjs', 'server/cli/**'],
      rules: { 'no-console': 'off' },
    },
    {
      // A `describe` may be long, because it is a list. Tests may use awkward values on purpose.
      files: ['tests/**'],
      rules: {
        'max-lines': ['error', { max: 500 }],
        'max-lines-per-function': 'off',
        'typescript/no-unsafe-assignment': 'off', // expect.any(…) is typed any
      },
    },
    {
      files: ['**/*.mjs', '**/*.js'],
      rules: { 'no-unused-vars': 'error' },
    },
  ],
});
