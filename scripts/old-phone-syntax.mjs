import { Linter } from 'eslint';

/**
 * Syntax that Chromium 66 does not know, though the standard of 2020 does. Syntax that is newer than that standard
 * does not parse at all.
 */
const TOO_NEW = {
  ChainExpression: 'a?.b',
  'LogicalExpression[operator="??"]': 'a ?? b',
  'ExportAllDeclaration[exported]': 'export * as a from',
  'Literal[bigint]': '1n',
};

const rules = {
  'no-restricted-syntax': [
    'error',
    ...Object.entries(TOO_NEW).map(([selector, like]) => ({ selector, message: `${like} is too new` })),
  ],
};

/** The first thing in a built script that the browser of an old phone cannot read; null if it reads all of it. */
export function tooNewFor(script) {
  const [first] = new Linter().verify(script, {
    languageOptions: { ecmaVersion: 2020, sourceType: 'module' },
    linterOptions: { noInlineConfig: true },
    rules,
  });
  return first ? first.message : null;
}
