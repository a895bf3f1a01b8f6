import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { sourceFiles } from '../support/source-files.ts';

const root = join(import.meta.dirname, '..', '..');
const CHINESE = /[、。\u3400-\u9fff]/;

/** Files that hold sentences, with both languages side by side wherever both are shown. */
const CATALOGUE =
  /(?:^|[/-])(?:words|sentences?|contract|kinds|texts|usage|product-name)\.ts$|^shared\/\w+\/(?:acts|guarded)\.ts$/;
/**
 * Villages' own papers, names and addresses are read by their own words, and the demo and the examples tell a village's
 * story.
 */
const CONTENT =
  /^(?:server\/(?:papers|demo|http\/openapi\/examples)\/|server\/\w+\/examples\.ts|shared\/(?:rules\/(?:limit-text|forbidden-subjects|proposer-kinds|asked-evidence)|imports\/titles|households\/address|compound-surnames|chinese-number|texts\/(?:find-unfit|labels))\.ts)/;

describe('sentences', () => {
  const files = ['db', 'server', 'shared'].flatMap((folder) => sourceFiles(folder, /\.[cm]?[jt]s$/));

  it('stand in catalogues, and nowhere else in db, server and shared', () => {
    expect(files.length).toBeGreaterThan(300);
    const found = files
      .filter((file) => !CATALOGUE.test(file) && !CONTENT.test(file))
      .flatMap((file) => chineseIn(readFileSync(join(root, file), 'utf8')).map((text) => `${file}: ${text}`));
    expect(found).toEqual([]);
  });

  it.each([
    ["throw new Error('没有找到');", '没有找到'],
    ['const line = `余额 ${points}`;', '余额 '],
    ['const row = { 户号: number };', '户号'],
    ["names.join('、');", '、'],
  ])('would be caught in %s', (code, text) => {
    expect(chineseIn(code)).toEqual([text]);
  });

  it('are not looked for in patterns and comments', () => {
    expect(chineseIn('const number = /第(\\d+)号/; // 第一号')).toEqual([]);
  });
});

/** Finds texts and property names with Chinese in them. A pattern reads what people write and is no sentence. */
function chineseIn(code: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const isText =
      ts.isStringLiteralLike(node) ||
      ts.isTemplateHead(node) ||
      ts.isTemplateMiddleOrTemplateTail(node) ||
      ts.isIdentifier(node);
    if (isText && CHINESE.test(node.text)) found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile('some.ts', code, ts.ScriptTarget.Latest, true));
  return found;
}
