import { defineConfig } from 'oxlint';
import { keysByIntents, plainRules, typedRules } from './scripts/lint-options.ts';

const outgoing = 'The server sends no requests and starts no programs (docs/security.md).';

export default defineConfig({
  plugins: ['typescript'],
  jsPlugins: ['./scripts/lint-rules.mjs'],
  categories: { correctness: 'off' },
  // Also what TypeScript itself says: the types of .ts files are checked by the same pass.
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
      // Checked once per engine: what is superfluous for one may be needed by the other. Tables are lists.
      files: ['db/**/*.ts'],
      rules: {
        'typescript/no-unnecessary-type-assertion': 'off',
        'typescript/no-unnecessary-condition': 'off',
        'typescript/no-deprecated': 'off', // old overloads of primaryKey and foreignKey share the name
      },
    },
    { files: ['db/tables/**/*.ts'], rules: { 'max-lines-per-function': 'off' } },
    { files: ['shared/*/{words,paper-sentences}.ts'], rules: { 'max-lines': 'off' } },
    {
      // Raw SQL is not seen by types: words that only one engine knows stay in db/.
      files: ['server/**/*.ts', 'shared/**/*.ts'],
      rules: { 'jishan/no-engine-words': 'error' },
    },
    {
      // The program asks nobody anything: no address a user could choose, no command, no code made of text.
      files: ['server/**/*.ts', 'shared/**/*.ts', 'db/**/*.ts'],
      // Forks a file of our own, which makes the backup apart from the server.
      excludeFiles: ['server/backups/backup-process.ts'],
      rules: {
        'no-new-func': 'error',
        'no-restricted-globals': ['error', 'fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'],
        'no-restricted-imports': [
          'error',
          {
            paths: [
              ...['https', 'http2', 'net', 'tls', 'dns', 'dgram', 'child_process', 'vm'].flatMap((name) =>
                [name, `node:${name}`].map((one) => ({
                  name: one,
                  message: outgoing,
                  allowTypeImports: true,
                })),
              ),
              { name: 'node:http', importNames: ['request', 'get', 'Agent', 'default'], message: outgoing },
            ],
          },
        ],
      },
    },
    { files: ['server/**/*.ts'], rules: { 'jishan/own-tables': 'error' } },
    {
      files: ['client/**/*.ts'],
      excludeFiles: ['client/intent/**', 'client/kiosk/counter/**', 'client/kiosk/create-kiosk.ts'],
      rules: { 'no-restricted-imports': keysByIntents },
    },
    {
      files: ['scripts/**/*.mjs', 'tests/**', 'server/main.mjs', 'server/cli/**'],
      rules: { 'no-console': 'off' },
    },
    {
      // A `describe` is a list, however long; what is inside a test may well be awkward on purpose.
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
