// @ts-check
/** ESLint checks the .vue files. oxlint checks all others by the same rules (oxlint.config.ts). */
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';
import jishan from './scripts/lint-rules.mjs';
import { keysByIntents, plainRules, typedRules } from './scripts/lint-options.ts';
import { vueScriptParser } from './scripts/vue-script-parser.mjs';

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'coverage/', 'test-artefacts/', '.jishan/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: ['**/*.vue'],
    extends: [vue.configs['flat/recommended']],
    plugins: { '@typescript-eslint': tseslint.plugin, jishan },
    languageOptions: {
      parserOptions: {
        parser: vueScriptParser,
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
        extraFileExtensions: ['.vue'],
      },
    },
    rules: {
      ...plainRules,
      ...typedRules,
      '@typescript-eslint/no-restricted-imports': keysByIntents,
      'jishan/no-late-watch': 'error',
      'vue/no-v-html': 'error',
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      'vue/multi-word-component-names': 'off',
      // Types tell which props are optional. Their defaults stand in the destructuring of the props.
      'vue/require-default-prop': 'off',
      '@typescript-eslint/no-useless-default-assignment': 'off',
      // Prettier formats the markup.
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
    },
  },
);
