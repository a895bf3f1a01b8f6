import type { Plugin } from 'vite';
import english from './locales/en.ts';
import chinese from './locales/zh-CN.ts';

type Words = typeof chinese | typeof english;

/**
 * Words in the page itself, for the time before its program has come over a slow network, and for browsers that
 * cannot run it, which would show nothing at all. The program takes their place when it starts.
 */
export function openingWords(): Plugin {
  return {
    name: 'opening-words',
    transformIndexHtml: (html) =>
      html.replace('<div id="app"></div>', `<div id="app">${openingPage()}</div>`),
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
