/**
 * Types for the scripts of .vue files. typescript-eslint's own way opens them one after the other, each as a
 * change of its program, and a changed program checks everything afresh: a second a file. Here all of them
 * stand in one program from the start, with the text in which they will be asked for.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import vue from 'eslint-plugin-vue';
import ts from 'typescript';
import tseslint from 'typescript-eslint';
import { root } from './project.mjs';

const sfcParser = vue.configs['flat/base'].find(({ languageOptions }) => languageOptions?.parser)
  .languageOptions.parser;

/** What the linter asked for, where that is not what the file holds: text planted by a test, or being fixed. */
const asked = new Map();
const cut = new Map();
let program;

export const vueScriptParser = {
  meta: { name: 'jishan/vue-script-parser' },

  /** The markup's expressions come here too, but ask for no types. */
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

/** @param {ts.Program} [before] what has not changed since is taken from it */
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

/** The screens; whatever else they import comes with them. */
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

/** As eslint-plugin-vue's parser cuts it out, and so will ask for it. */
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
