import type { Plugin } from 'vite';
import common from '../i18n/locales/zh-CN.ts';
import english from './locales/en.ts';
import chinese from './locales/zh-CN.ts';

type Words = typeof chinese | typeof english;

/**
 * Words in the page itself, for the time before its program has come over a slow network, and for browsers that
 * cannot run it, which would show nothing at all. The program takes their place when it starts. `faces` is what the
 * windows are called until then.
 */
export function openingWords(faces: Partial<Record<string, string>>): Plugin {
  const titleOf = (path: string) =>
    [faces[/^\/(\w+)\//.exec(path)?.[1] ?? ''], common.common.product]
      .filter((part) => part !== undefined)
      .join(' · ');
  return {
    name: 'opening-words',
    transformIndexHtml: (html, { path }) =>
      html
        .replace('<div id="app"></div>', `<div id="app">${openingPage()}</div>`)
        .replace('<title></title>', `<title>${titleOf(path)}</title>`),
  };
}

function openingPage(): string {
  const said = [say(chinese, 'zh-CN'), say(english, 'en')].join('');
  return `<div class="opening">${said}</div>`;
}

/** The second paragraph shows itself only when the first has stood there too long (base.css). */
function say(words: Words, language: string): string {
  const noPhone = words.opening.noPhone;
  return (
    `<div lang="${language}"><p>${words.opening.wait}</p><p class="late">${words.opening.old}<br />${noPhone}</p>` +
    `<noscript><p>${words.opening.noScript}<br />${noPhone}</p></noscript></div>`
  );
}
