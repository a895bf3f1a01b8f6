/** The rules of both linters. oxlint checks the .ts and .mjs files, ESLint the .vue files that oxlint cannot read. */
import tseslint from 'typescript-eslint';

type Rules = Record<string, 'error' | ['error', ...unknown[]]>;

const { strictTypeChecked, stylisticTypeChecked } = tseslint.configs;
const recommended = [...strictTypeChecked, ...stylisticTypeChecked].flatMap(({ rules = {} }) =>
  Object.entries(rules).filter(([, level]) => level !== 'off'),
);

const left = new Set([
  '@typescript-eslint/consistent-type-definitions',
  // The code has no enums and assigns classes to almost nothing.
  '@typescript-eslint/no-unsafe-enum-assignment',
  '@typescript-eslint/no-unsafe-class-instance-assignment',
]);

/** Rules that need the types. */
export const typedRules = {
  ...Object.fromEntries(recommended.filter(([name]) => !left.has(name))),
  // A dropped `await` before a write is a silently lost write; drizzle's builders are thenables.
  '@typescript-eslint/no-floating-promises': ['error', { checkThenables: true }],
  '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
  '@typescript-eslint/no-import-type-side-effects': 'error',
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
  '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
  '@typescript-eslint/prefer-nullish-coalescing': [
    'error',
    { ignorePrimitives: { string: true, boolean: true } },
  ],
} satisfies Rules;

/** Rules for every file. */
export const plainRules = {
  'max-lines': ['error', { max: 400 }],
  'max-lines-per-function': ['error', { max: 90, skipBlankLines: true, skipComments: true }],
  complexity: ['error', 20],
  eqeqeq: 'error',
  'no-console': 'error',
  'no-eval': 'error',
  'no-var': 'error',
  'prefer-const': 'error',
  'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'hack', 'xxx'] }],
} satisfies Rules;

/** A screen must not make its own idempotency key. It could book twice after a lost answer. */
export const keysByIntents = [
  'error' as const,
  {
    patterns: [
      {
        regex: '/api/index\\.ts$',
        importNames: ['newKey'],
        message: 'Send it as an intent (client/intent).',
      },
    ],
  },
] satisfies [string, object];
