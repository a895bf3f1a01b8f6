import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const client = join(import.meta.dirname, '..', '..', 'client');

/** `line: text` of every line of a component's template that unwraps a ref by hand. */
function unwrapped(component: string): string[] {
  const [before = '', template = ''] = component.split(/<template>/, 2);
  const first = before.split('\n').length;
  const own = template.slice(0, component.slice(before.length).lastIndexOf('</template>'));
  return own
    .split('\n')
    .flatMap((line, index) => (/\.value\b/.test(line) ? [`${first + index}: ${line.trim()}`] : []));
}

function components(): { readonly path: string; readonly text: string }[] {
  return readdirSync(client, { recursive: true, encoding: 'utf8' })
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
    const slot = '<template #head>{{ n.value }}</template>';
    expect(unwrapped(`${script}<template>\n  <p>{{ n }}</p>\n</template>\n`)).toEqual([]);
    expect(unwrapped(`${script}<template>\n  <p>{{ page.n.value }}</p>\n  ${slot}\n</template>\n`)).toEqual([
      '7: <p>{{ page.n.value }}</p>',
      `8: ${slot}`,
    ]);
  });
});
