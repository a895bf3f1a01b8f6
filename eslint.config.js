// @ts-check
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';
import { ownRules } from './scripts/lint-rules.mjs';
import { vueScriptParser } from './scripts/vue-script-parser.mjs';

const outgoing = 'The server sends no requests and starts no programs (docs/security.md).';
const typed = ['**/*.ts', '**/*.vue'];

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'coverage/', 'test-artefacts/', '.jishan/', 'tests/tooling/fixtures/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: typed,
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['db/postgres/engine.ts'] },
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      // A dropped `await` before a write is a silently lost write; drizzle's builders are thenables.
      '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/prefer-nullish-coalescing': [
        'error',
        { ignorePrimitives: { string: true, boolean: true } },
      ],
      '@typescript-eslint/consistent-type-definitions': 'off',
      // There are no enums, and hardly a class is assigned: a third of the rules' time for nothing.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    files: ['**/*.vue'],
    extends: [vue.configs['flat/recommended']],
    languageOptions: { parserOptions: { parser: vueScriptParser } },
    rules: {
      'vue/no-v-html': 'error',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/multi-word-component-names': 'off',
      // Types say what is optional; defaults stand where the props are taken apart.
      'vue/require-default-prop': 'off',
      '@typescript-eslint/no-useless-default-assignment': 'off',
      // How markup is laid out is prettier's business.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
    },
  },
  {
    files: [...typed, '**/*.mjs', '**/*.js'],
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 90, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 20],
      eqeqeq: 'error',
      'no-console': 'error',
      'no-eval': 'error',
      'no-var': 'error',
      'prefer-const': 'error',
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'hack', 'xxx'] }],
    },
  },
  {
    // Checked once per engine: what is superfluous for one may be needed by the other. Tables are lists.
    files: ['db/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unnecessary-type-assertion': 'off',
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-deprecated': 'off', // old overloads of primaryKey and foreignKey share the name
    },
  },
  { files: ['db/tables/**/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['shared/messages/**/*.ts'], rules: { 'max-lines': 'off' } },
  {
    // Raw SQL is not seen by types: words that only one engine knows stay in db/.
    files: ['server/**/*.ts', 'shared/**/*.ts'],
    plugins: { jishan: ownRules },
    rules: { 'jishan/no-engine-words': 'error' },
  },
  {
    // The program asks nobody anything: no address a user could choose, no command, no code made of text.
    files: ['server/**/*.ts', 'shared/**/*.ts', 'db/**/*.ts'],
    // Forks a file of our own, which makes the backup apart from the server.
    ignores: ['server/backup/backup-process.ts'],
    rules: {
      'no-new-func': 'error',
      'no-restricted-globals': ['error', 'fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'],
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          paths: [
            ...['https', 'http2', 'net', 'tls', 'dns', 'dgram', 'child_process', 'vm'].flatMap((name) =>
              [name, `node:${name}`].map((one) => ({ name: one, message: outgoing, allowTypeImports: true })),
            ),
            { name: 'node:http', importNames: ['request', 'get', 'Agent', 'default'], message: outgoing },
          ],
        },
      ],
    },
  },
  {
    files: ['server/**/*.ts'],
    ignores: ['server/ledger/**'],
    plugins: { jishan: ownRules },
    rules: { 'jishan/only-ledger-writes': 'error' },
  },
  {
    // One intent, one key, one piece of code: a key minted on a screen is a second booking after a lost answer.
    files: ['client/**/*.ts', 'client/**/*.vue'],
    ignores: ['client/intent/**', 'client/kiosk/counter/**', 'client/kiosk/create-kiosk.ts'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '/api/index\\.ts$',
              importNames: ['newKey'],
              message: 'Send it as an intent (client/intent).',
            },
          ],
        },
      ],
    },
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
      '@typescript-eslint/no-unsafe-assignment': 'off', // expect.any(…) is typed any
    },
  },
  {
    files: ['scripts/**/*.mjs', 'server/**/*.mjs', '*.js', '*.mjs'],
    rules: { 'no-undef': 'off', 'no-unused-vars': 'error' },
  },
);
