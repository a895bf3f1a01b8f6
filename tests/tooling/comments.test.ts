import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sourceFiles } from '../support/source-files.ts';

const root = join(import.meta.dirname, '..', '..');
const FOLDERS = ['client', 'db', 'scripts', 'server', 'shared', 'tests'];

function sourcesIn(folder: string): string[] {
  return sourceFiles(folder, /\.(?:[cm]?[jt]s|vue|css)$/).filter(
    (path) => !path.startsWith('tests/fixtures/'),
  );
}

/** The comments of a source, each as one line. */
function comments(source: string): string[] {
  const blocks = Array.from(
    source.matchAll(/(?<=^|[\s(,])\/\*\*?([^]*?)\*\/|<!--([^]*?)-->/g),
    ([, code, markup]) => code ?? markup ?? '',
  );
  const lines = Array.from(source.matchAll(/(?:^[ \t]*\/\/.*\n?)+/gm), ([group]) =>
    group.replaceAll(/^[ \t]*\/\//gm, ''),
  );
  const trailing = Array.from(
    source.matchAll(/^[ \t]*[^\s/*].*?[ \t]\/\/ (.*)$/gm),
    ([, text]) => text ?? '',
  );
  return [...blocks, ...lines, ...trailing].map((text) =>
    text
      .replaceAll(/^\s*\*/gm, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
}

/** Sentences that begin with a relative word and so do not name their subject. Questions may begin so. */
function nameless(comment: string): string[] {
  return comment
    .split(/(?<=[.:?!]) (?=[A-Z])/)
    .filter(
      (sentence) =>
        /^(?:Of|What|Whatever|Who|Whoever|Whom|Whose|Where|Wherever|As)\b/.test(sentence) &&
        !sentence.endsWith('?'),
    );
}

describe('the comments', () => {
  it.each(FOLDERS)('of %s are sentences that name what they are about', (folder) => {
    const found = sourcesIn(folder).flatMap((path) =>
      comments(readFileSync(join(root, path), 'utf8')).map((comment) => ({ path, comment })),
    );
    expect(found.length).toBeGreaterThan(50);
    expect(
      found.flatMap(({ path, comment }) => nameless(comment).map((sentence) => `${path}: ${sentence}`)),
    ).toEqual([]);
  });

  // The planted sources are joined here, or they would be found as comments of this file.
  it.each([
    ['a block', ['/**\n *', 'Who it is.\n', '*/'], 'Who it is.'],
    ['a block on one line', ['const a = 1;\n', '/**', 'Whatever comes.', '*/'], 'Whatever comes.'],
    ['lines', ['//', 'It is kept. As\n//', 'typed.'], 'As typed.'],
    ['the end of a line', ["const url = 'http://x';", '//', 'Where it is.'], 'Where it is.'],
    ['markup', ['<p>', '<!--', 'Of the page.', '-->'], 'Of the page.'],
    ['a sentence after a colon', ['//', 'It is so: What was asked.'], 'What was asked.'],
  ])('would be caught with one in %s', (_, pieces, sentence) => {
    expect(comments(pieces.join(' ')).flatMap(nameless)).toEqual([sentence]);
  });

  it('may ask, and may begin with a word that only looks like one of those', () => {
    const source = '// Who may do this? Further on.\n/** Office hours. Whole books. Ask first. */\n';
    expect(comments(source)).toHaveLength(2);
    expect(comments(source).flatMap(nameless)).toEqual([]);
  });

  it('are not looked for in a path with stars', () => {
    const source = ["const a = 'tests/**';", '/**', 'Who it is.', '*/'].join(' ');
    expect(comments(source)).toEqual(['Who it is.']);
  });
});
