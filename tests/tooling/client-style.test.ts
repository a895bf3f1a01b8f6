import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const client = join(import.meta.dirname, '..', '..', 'client');
const paths = readdirSync(client, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /\.(?:ts|vue|css)$/.test(path),
);

/** `line: text` of every line of a component's template that unwraps a ref by hand. */
function unwrapped(component: string): string[] {
  const [start, end] = [component.indexOf('<template>'), component.lastIndexOf('</template>')];
  const first = component.slice(0, start).split('\n').length;
  const own = start < 0 ? '' : component.slice(start, end);
  return own
    .split('\n')
    .flatMap((line, index) => (/\.value\b/.test(line) ? [`${first + index}: ${line.trim()}`] : []));
}

function components(): { readonly path: string; readonly text: string }[] {
  return paths
    .filter((path) => path.endsWith('.vue'))
    .map((path) => ({ path, text: readFileSync(join(client, path), 'utf8') }));
}

describe('the components of the screens', () => {
  it('use what their composables give them as it is: no .value stands in a template', () => {
    expect(components().length).toBeGreaterThan(150);
    expect(
      components().flatMap(({ path, text }) => unwrapped(text).map((where) => `${path}:${where}`)),
    ).toEqual([]);
  });

  it('would be caught with one', () => {
    const script = '<script setup lang="ts">\nconst n = ref(1);\nn.value += 1;\n</script>\n\n';
    const slot = '<template><template #head>{{ n.value }}</template></template>';
    expect(unwrapped(`${script}<template>\n  <p>{{ n }}</p>\n</template>\n`)).toEqual([]);
    expect(unwrapped(`${script}<template>\n  <p>{{ page.n.value }}</p>\n  ${slot}\n</template>\n`)).toEqual([
      '7: <p>{{ page.n.value }}</p>',
      `8: ${slot}`,
    ]);
  });
});

/** The comments of a source, each as one line. */
function comments(source: string): string[] {
  const blocks = Array.from(
    source.matchAll(/\/\*\*?([^]*?)\*\/|<!--([^]*?)-->/g),
    ([, code, markup]) => code ?? markup ?? '',
  );
  const lines = Array.from(source.matchAll(/(?:^[ \t]*\/\/.*\n?)+/gm), ([group]) =>
    group.replaceAll(/^[ \t]*\/\//gm, ''),
  );
  return [...blocks, ...lines].map((text) =>
    text
      .replaceAll(/^\s*\*/gm, '')
      .replaceAll(/\s+/g, ' ')
      .trim(),
  );
}

/** Sentences that name nothing: they begin with what would be asked, and ask nothing. */
function nameless(comment: string): string[] {
  return comment
    .split(/(?<=[.:?!]) (?=[A-Z])/)
    .filter(
      (sentence) =>
        /^(?:Of|What|Who|Whoever|Whom|Whose|Where|As)\b/.test(sentence) && !sentence.endsWith('?'),
    );
}

describe('the comments of the screens', () => {
  const all = paths.map((path) => ({ path, found: comments(readFileSync(join(client, path), 'utf8')) }));

  it('are sentences that name what they are about: none begins with Of, What, Who, Where or As', () => {
    expect(all.reduce((sum, { found }) => sum + found.length, 0)).toBeGreaterThan(1000);
    expect(
      all.flatMap(({ path, found }) => found.flatMap(nameless).map((sentence) => `${path}: ${sentence}`)),
    ).toEqual([]);
  });

  it('would be caught with one', () => {
    const source = '/**\n * Who it is.\n */\n// It is kept. As typed.\n// Further on.\n<!-- What for? -->';
    expect(comments(source).flatMap(nameless)).toEqual(['Who it is.', 'As typed.']);
  });
});

describe('the files of the screens', () => {
  /** A participle or an adverb alone, or a word that could hold anything. */
  const unguessable =
    /^(?:[a-z]+(?:ing|ed|ly)|age|aside|beside|choice|draft|eye|fields|filters|finding|helpers?|kinds|lazy|lives|misc|money|pages|periods|renewal|since|utils?|whose|words|worth)$/;
  const nameOf = (path: string) => /([^/]+)\.\w+$/.exec(path)?.[1] ?? '';
  const wrong = (names: readonly string[]) =>
    names.filter((path) => !path.includes('/locales/') && unguessable.test(nameOf(path)));

  it('are named by what they hold', () => {
    expect(wrong(paths)).toEqual([]);
  });

  it('would be caught with a name that says nothing', () => {
    const planted = [
      'kiosk/counter/looking.ts',
      'desk/goods/words.ts',
      'desk/books/entry-words.ts',
      'ui/useLoad.ts',
    ];
    expect(wrong(planted)).toEqual(planted.slice(0, 2));
  });
});
