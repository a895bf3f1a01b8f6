import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

interface TextFile {
  path: string;
  lines: string[];
}

/** The files that git tracks or would add. Ignored files of this machine are left out. */
const paths = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => path !== '' && existsSync(join(root, path)));

const texts: TextFile[] = paths
  .map((path) => ({ path, content: readFileSync(join(root, path)) }))
  .filter(({ content }) => !content.includes(0))
  .map(({ path, content }) => ({ path, lines: content.toString('utf8').split('\n') }));

const sources = texts.filter(({ path }) => /\.(?:ts|vue|mjs|js|cjs|css)$/.test(path));
const ours = texts.filter(({ path }) => path !== 'package-lock.json');

/** The `path:line` of every line that matches. */
function linesWith(files: TextFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path, lines }) =>
    lines.flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );
}

describe('the files of the project', () => {
  it('are there to be looked at', () => {
    expect(sources.length).toBeGreaterThan(50);
  });

  it('can each be read in one sitting', () => {
    const limit = (path: string) => (path.startsWith('tests/') ? 500 : 400);
    const long = sources.filter(({ path, lines }) => lines.length > limit(path) + 1);
    expect(long.map(({ path, lines }) => `${path} (${lines.length})`)).toEqual([]);
  });

  it('are called by what they hold: no adverb, participle or drawer, and none of the names that nobody could guess', () => {
    const unguessable =
      /^(?:alone|apart|aside|beside|past|moved|shown|chosen|kept|waiting|standing|beat|chores?|keep(?:er)?|room|origin|shelf|scratch|trouble|turn|switch|values|answer|call|commands|kernel|sealing|guard|lives|judge|mark|habits|looks|stop|open|advice|greeting|own-file|on-first-use|who|words|refuse|thread|child|heads|utils?|helpers?|misc|common)$/;
    const names = paths
      .filter((path) => /^(?:server|db|shared)\/.*\.(?:ts|mjs)$/.test(path))
      // The sentences of a domain stand in its words.ts.
      .filter((path) => !/^shared\/(?:\w+\/)?words\.ts$/.test(path))
      .map((path) => ({ path, name: (path.split('/').at(-1) ?? '').replace(/\.\w+$/, '') }));
    expect(names.length).toBeGreaterThan(200);
    expect(names.filter(({ name }) => unguessable.test(name)).map(({ path }) => path)).toEqual([]);
  });

  it('leave nothing for later', () => {
    const marks = new RegExp(`\\b(?:${['TO' + 'DO', 'FIX' + 'ME', 'HA' + 'CK', 'X' + 'XX'].join('|')})\\b`);
    const files = ours.filter(({ path }) => !path.startsWith('tests/tooling/'));
    expect(linesWith(files, marks)).toEqual([]);
  });

  it('speak of no machine and of no registry', () => {
    const folders = /(?<![\w.:/-])\/(?:work|root|opt\/n\d+|home\/\w+|Users\/\w+)\/|[A-Z]:\\Users\\/;
    const hosts = /\bregistry\.[a-z]+\.(?:org|com)\b|\b(?:deb|ftp)\.debian\.org\b|\bnpm(?:mirror|\.taobao)\b/;
    expect(linesWith(texts, folders)).toEqual([]);
    expect(linesWith(texts, hosts)).toEqual([]);
  });

  it('pin packages by content, not by the address they came from', () => {
    const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { resolved?: string; integrity?: string; link?: boolean }>;
    };
    const entries = Object.entries(lock.packages).filter(([path]) => path !== '');
    expect(entries.filter(([, entry]) => entry.resolved !== undefined).map(([path]) => path)).toEqual([]);
    expect(entries.filter(([, entry]) => entry.integrity === undefined).map(([path]) => path)).toEqual([]);
  });

  it('pin every package to one version', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
      'dependencies' | 'devDependencies',
      Record<string, string>
    >;
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });

  it('keep no code in comments', () => {
    const code =
      /^\s*\/\/\s*(?:(?:import|export|const|let|var|return|await|throw|if|for|while|switch|function|class)\b.*[;{]|\}.*|[\w.]+\(.*\);)\s*$/;
    expect(linesWith(sources, code)).toEqual([]);
  });

  it('switch no check off', () => {
    const files = sources.filter(({ path }) => path !== 'tests/tooling/style.test.ts');
    expect(
      linesWith(files, /@ts-ignore|@ts-nocheck|(?:eslint|oxlint)-disable(?!-next-line [\w@/-]+ -- \S)/),
    ).toEqual([]);
    expect(linesWith(files, /\b(?:it|test|describe)\.(?:only|todo|skip)\(/)).toEqual([]);
  });

  it('bring nothing from another host to the browser', () => {
    const client = texts.filter(({ path }) => path.startsWith('client/'));
    expect(
      linesWith(client, /(?:src|href|url|import)\s*[=(]?\s*["'(]?\s*(?:https?:)?\/\/(?!localhost)/),
    ).toEqual([]);
  });
});
