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
