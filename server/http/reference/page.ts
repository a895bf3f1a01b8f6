import { ERRORS, type ErrorCode } from '../../../shared/errors.ts';
import type { Language } from '../../../shared/sentence.ts';
import { ROLES } from '../../../shared/roles.ts';
import { endpoints } from '../router.ts';
import type { Endpoint } from '../kernel-options.ts';
import { type Block, GUIDE } from './guide.ts';
import { html, inline, type Markup } from './html.ts';
import { openApiDocument } from './openapi.ts';
import { type Described, failures, operation } from './operation.ts';
import { ROOMS } from './rooms.ts';
import { WORDS } from './page-sentences.ts';

interface Page {
  readonly version: string;
  readonly language: Language;
  /** Addresses of the style sheet and the script. */
  readonly style: string;
  readonly script: string;
}

type Paths = Readonly<Record<string, Readonly<Record<string, Described>>>>;

/** The reference to read: one page, whole without a script; the script finds and folds. */
export function referencePage({ version, language, style, script }: Page): string {
  const words = WORDS[language];
  // Through JSON: what the generator leaves undefined is not there.
  const { paths } = JSON.parse(JSON.stringify(openApiDocument(version))) as { paths: Paths };
  const rooms = Map.groupBy(endpoints(), ({ id }) => id.slice(0, id.indexOf('.')));
  return html`<!doctype html>
    <html lang="${language === 'zh' ? 'zh-CN' : 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${words.title}</title>
        <link rel="icon" href="/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="${style}" />
        <script src="${script}" defer></script>
      </head>
      <body>
        <a class="skip" href="#text">${words.skip}</a>
        <header>
          <p class="seal" aria-hidden="true">善</p>
          <div class="name">
            <h1>${words.title} <span class="version">${version}</span></h1>
            <p>${words.subtitle}</p>
          </div>
          <p class="links">
            <a href="${words.otherHref}" lang="${language === 'zh' ? 'en' : 'zh-CN'}">${words.other}</a>
            <a href="/api/v1/openapi.json">${words.forPrograms}</a>
          </p>
        </header>
        <div class="columns">
          <nav aria-label="${words.contents}">
            <details class="contents" open>
              <summary>${words.contents}</summary>
              ${contents(rooms, language)}
            </details>
          </nav>
          <main id="text">
            <section aria-labelledby="guide">
              <h2 id="guide">${words.guide}</h2>
              ${GUIDE[language].map(
                ({ id, title, blocks }) =>
                  html`<section class="chapter" id="${id}">
                    <h3>${title}</h3>
                    ${blocks.map(block)}
                  </section>`,
              )}
            </section>
            <section aria-labelledby="operations">
              <h2 id="operations">${words.operations}</h2>
              ${finder(language)}
              ${Array.from(rooms, ([room, inRoom]) => roomSection(room, inRoom, paths, language))}
            </section>
            <section aria-labelledby="errors">
              <h2 id="errors">${words.failures}</h2>
              <p>${words.failuresText}</p>
              ${failures(Object.keys(ERRORS) as ErrorCode[], language, true)}
            </section>
          </main>
        </div>
      </body>
    </html> `.markup;
}

function contents(rooms: ReadonlyMap<string, readonly Endpoint[]>, language: Language): Markup {
  const words = WORDS[language];
  const link = (id: string, title: string) => html`<li><a href="#${id}">${title}</a></li>`;
  return html`<p><a href="#guide">${words.guide}</a></p>
    <ul>
      ${GUIDE[language].map(({ id, title }) => link(id, title))}
    </ul>
    <p><a href="#operations">${words.operations}</a></p>
    <ul>
      ${Array.from(rooms.keys(), (room) => link(`room-${room}`, ROOMS[room]?.title[language] ?? room))}
    </ul>
    <p><a href="#errors">${words.failures}</a></p>`;
}

/** Shown by the script, which does what it promises. */
function finder(language: Language): Markup {
  const words = WORDS[language];
  return html`<form class="finder" role="search" hidden>
    <label
      ><span>${words.search}</span
      ><input type="search" name="q" placeholder="${words.searchHint}" autocomplete="off"
    /></label>
    <label
      ><span>${words.who}</span
      ><select name="who">
        <option value="">${words.anyone}</option>
        ${ROLES.map((role) => html`<option value="${role}">${words.roles[role]}</option>`)}
      </select></label
    >
    <button type="button" data-open="${words.openAll}" data-close="${words.closeAll}">
      ${words.openAll}
    </button>
    <p role="status" data-found="${words.found}" data-none="${words.none}"></p>
  </form>`;
}

function roomSection(room: string, inRoom: readonly Endpoint[], paths: Paths, language: Language): Markup {
  const { title, text } = ROOMS[room] ?? { title: { zh: room, en: room }, text: { zh: '', en: '' } };
  return html`<section class="room" aria-labelledby="room-${room}">
    <h3 id="room-${room}">${title[language]}</h3>
    <p>${text[language]}</p>
    ${inRoom.map((endpoint) => operation(endpoint, describedIn(paths, endpoint), language))}
  </section>`;
}

function describedIn(paths: Paths, { id, method, path }: Endpoint): Described {
  const described = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
  if (!described) throw new Error(`${id} is not described`);
  return described;
}

function block(one: Block): Markup {
  if ('p' in one) return html`<p>${inline(one.p)}</p>`;
  if ('list' in one)
    return html`<ul>
      ${one.list.map((item) => html`<li>${inline(item)}</li>`)}
    </ul>`;
  return html`<pre><code>${one.code}</code></pre>`;
}
