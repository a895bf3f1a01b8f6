/**
 * Types for the scripts of .vue files. typescript-eslint opens these files one after the other, each as a change of
 * its program. Each change costs a second, because everything is checked again. This parser puts all scripts into one
 * program from the start, with the text that ESLint will pass for each.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import vue from 'eslint-plugin-vue';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { root } from './project.mjs';

const sfcParser = vue.configs['flat/base'].find(({ languageOptions }) => languageOptions?.parser)
  .languageOptions.parser;

/** Texts from the linter that differ from the file, such as those of a test or of a fix. */
const asked = new Map();
const cut = new Map();
let program;

export const vueScriptParser = {
  meta: { name: 'jishan/vue-script-parser' },

  /** ESLint passes the markup's expressions here too, without `projectService`, since they need no types. */
  parseForESLint(code, { projectService, ...options }) {
    if (!projectService) return tseslint.parser.parseForESLint(code, options);
    const file = resolve(options.filePath);
    if (textInProgram(file) !== code) {
      asked.set(file, code);
      program = createProgram(program);
    }
    return tseslint.parser.parseForESLint(code, { ...options, programs: [program] });
  },
};

function textInProgram(file) {
  program ??= createProgram();
  return program.getSourceFile(file)?.text;
}

/** @param {ts.Program} [before] its unchanged files are reused */
function createProgram(before) {
  const { options, fileNames } = configured();
  const host = ts.createCompilerHost(options, true);
  host.getSourceFile = (file, languageVersion) => {
    const text = file.endsWith('.vue') ? scriptOf(file) : host.readFile(file);
    if (text === undefined) return undefined;
    const known = before?.getSourceFile(file);
    if (known?.text === text) return known;
    const kind = file.endsWith('.vue') ? ts.ScriptKind.TS : undefined;
    return ts.createSourceFile(file, text, languageVersion, true, kind);
  };
  return ts.createProgram({ rootNames: fileNames, options, host, oldProgram: before });
}

/** The options of tsconfig.json and the .vue files. Their imports are added by TypeScript. */
function configured() {
  const path = join(root, 'tsconfig.json');
  const { config } = ts.readConfigFile(path, ts.sys.readFile);
  const vueFiles = [{ extension: '.vue', isMixedContent: true, scriptKind: ts.ScriptKind.Deferred }];
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    { ...config, include: ['client'] },
    ts.sys,
    root,
    { allowNonTsExtensions: true },
    path,
    undefined,
    vueFiles,
  );
  return { options, fileNames };
}

/** Cuts out the script with eslint-plugin-vue's parser, so that it equals the text that ESLint will pass. */
function scriptOf(file) {
  const planted = asked.get(resolve(file));
  if (planted !== undefined) return planted;
  const whole = readFileSync(file, 'utf8');
  const known = cut.get(file);
  if (known?.whole === whole) return known.script;
  let script = '';
  const parser = {
    parseForESLint(code, { projectService, ...options }) {
      if (projectService) script = code;
      return tseslint.parser.parseForESLint(code, options);
    },
  };
  sfcParser.parseForESLint(whole, { filePath: file, parser, projectService: true });
  cut.set(file, { whole, script });
  return script;
}
