import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';

type Sentences = { readonly [key: string]: string | Sentences };

const client = fileURLToPath(new URL('../../../client/', import.meta.url));
/** The faces, and parts of theirs that bring their own words. */
const faces = ['landing', 'desk', 'kiosk', 'me', 'board', 'https', 'gallery', 'camera', 'build'];
const shared = ['ui', 'i18n', 'api'];

describe.each(['i18n', ...faces])('the words of %s', (folder) => {
  it('have the same keys and the same blanks in both languages', async () => {
    const [chinese, english] = [await catalogue(folder, 'zh-CN'), await catalogue(folder, 'en')];
    expect([...english.keys()]).toEqual([...chinese.keys()]);
    const blanks = (sentences: Map<string, string>) =>
      [...sentences].map(([key, sentence]) => [key, [...new Set(blanksIn(sentence))].sort()]);
    expect(blanks(english)).toEqual(blanks(chinese));
  });

  it('are Chinese in the Chinese catalogue and have no Chinese in the English one', async () => {
    const english = [...(await catalogue(folder, 'en'))];
    const untranslated = english.filter(
      ([key, sentence]) => key !== 'common.language' && /\p{Script=Han}/u.test(sentence),
    );
    expect(untranslated).toEqual([]);
    const chinese = [...(await catalogue(folder, 'zh-CN'))];
    const foreign = chinese.filter(([key, sentence]) => key !== 'common.language' && isForeign(sentence));
    expect(foreign).toEqual([]);
  });

  it('are all said somewhere', async () => {
    const readers = folder === 'i18n' ? [...shared, ...faces] : [folder];
    const code = readers
      .flatMap(sourcesIn)
      .map(({ text }) => text)
      .join('\n');
    const unused = [...(await catalogue(folder, 'zh-CN')).keys()].filter((key) => !isSaid(key, code));
    expect(unused).toEqual([]);
  });
});

it('no face says anything that common words already have as a section', async () => {
  const common = sections(await catalogue('i18n', 'zh-CN'));
  for (const face of faces) {
    const own = sections(await catalogue(face, 'zh-CN'));
    expect([face, own.filter((name) => common.includes(name))]).toEqual([face, []]);
  }
});

it('screens take their Chinese from the catalogues', () => {
  const sources = [...shared, ...faces].flatMap(sourcesIn);
  const spoken = sources.flatMap(({ name, text }) => {
    // The seal is a picture.
    const drawn = withoutComments(text).replaceAll('>善<', '><');
    return (drawn.match(/.*\p{Script=Han}.*/gu) ?? []).map((line) => `${name}: ${line.trim()}`);
  });
  expect(spoken).toEqual([]);
});

async function catalogue(folder: string, language: string): Promise<Map<string, string>> {
  const paths = cataloguesIn(folder, language);
  expect(paths.length).toBeGreaterThan(0);
  const catalogues = await Promise.all(paths.map((path) => read(path)));
  return new Map(catalogues.flatMap((sentences) => flatten(sentences, '')));
}

async function read(path: string): Promise<Sentences> {
  const { default: sentences } = (await import(pathToFileURL(path).href)) as { default: Sentences };
  return sentences;
}

/** A face has one catalogue, or one for each of its features. */
function cataloguesIn(folder: string, language: string): string[] {
  return readdirSync(join(client, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => new RegExp(`(?:^|/)locales/${language}\\.ts$`).test(name))
    .sort()
    .map((name) => join(client, folder, name));
}

function flatten(sentences: Sentences, prefix: string): [string, string][] {
  return Object.entries(sentences).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${prefix}${key}`, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`),
  );
}

function sections(sentences: Map<string, string>): string[] {
  return [...new Set([...sentences.keys()].map((key) => key.slice(0, key.indexOf('.'))))];
}

/** Words without a Chinese character; PIN is called that by everybody. */
function isForeign(sentence: string): boolean {
  const words = sentence.replace(/\{\w+\}|PIN/g, '');
  return /[A-Za-z]{3}/.test(words) && !/\p{Script=Han}/u.test(words);
}

/** Blanks of a sentence; English says one thing or another by number, with the same blanks. */
function blanksIn(sentence: string): string[] {
  return sentence.match(/\{\w+\}/g) ?? [];
}

/** Its key stands in the code whole, is read from the catalogue itself, or as a template: t(`award.kind.${…}`) says every key under award.kind. */
function isSaid(key: string, code: string): boolean {
  if ([`'${key}'`, `"${key}"`, `words.${key}`].some((said) => code.includes(said))) return true;
  const parts = key.split('.');
  return parts.some((_, index) => {
    const prefix = parts.slice(0, index + 1).join('.');
    const rest = parts.slice(index + 2).join('.');
    const end = rest === '' ? '}`' : `}.${rest}\``;
    const at = code.indexOf(`\`${prefix}.\${`);
    return at >= 0 && code.includes(end, at);
  });
}

function sourcesIn(folder: string): { name: string; text: string }[] {
  return readdirSync(join(client, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(vue|ts)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('/locales/'))
    .map((path) => ({ name: relative(client, path), text: readFileSync(path, 'utf8') }));
}

function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/(^|[^:])\/\/.*$/gm, '$1');
}
