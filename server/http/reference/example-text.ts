import { API_BASE } from '../../../shared/api-base.ts';
import type { Language } from '../../../shared/sentence.ts';
import { errorSentence } from '../../../shared/words.ts';
import type { ErrorCode, ErrorParams } from '../../../shared/errors.ts';
import type { Endpoint } from '../kernel-options.ts';
import type { Shown, Speaker } from './examples/index.ts';
import { html, type Markup } from './html.ts';
import { isKeyed } from './problems.ts';
import { WORDS } from './page-sentences.ts';

const HOST = 'https://jishan.example';

const HEADERS: Readonly<Record<Speaker, readonly string[]>> = {
  admin: ['Authorization: Bearer $TOKEN'],
  committee: ['Authorization: Bearer $TOKEN'],
  approver: ['Authorization: Bearer $TOKEN'],
  household: ['Authorization: Household $TOKEN'],
  kiosk: ['Authorization: Kiosk $TOKEN'],
  volunteer: ['Authorization: Kiosk $TOKEN', 'X-Shift: $SHIFT'],
};

/** An example as a call of curl, and its answer. */
export function exampleOf(endpoint: Endpoint, shown: Shown, language: Language): Markup {
  const { status, body, file } = shown.answer;
  const answer = file ? html`${WORDS[language].begins} ${file.begins}` : pretty(inLanguage(body, language));
  return html`<figure class="example">
    <figcaption>${title(shown, language)}</figcaption>
    <pre class="call"><code>${curl(endpoint, shown)}</code></pre>
    <pre class="answer"><code><span class="status">${status}${file && ` ${file.mediaType}`}</span>
${answer}</code></pre>
  </figure>`;
}

function title({ refused }: Shown, language: Language): string {
  if (refused === undefined) return '✓ 200';
  return `✕ ${errorSentence(refused, {}, language).title}`;
}

function curl(endpoint: Endpoint, { as, params = {}, query = {}, body, file }: Shown): string {
  const { method, path } = endpoint;
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')));
  const search = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]));
  const address = `${HOST}${API_BASE}${filled}${search.size === 0 ? '' : `?${search}`}`;
  const headers = [
    ...(as === undefined ? [] : HEADERS[as]),
    ...(isKeyed(endpoint) ? ['Idempotency-Key: $KEY'] : []),
    ...(method === 'GET' ? [] : [`Content-Type: ${file ? 'application/octet-stream' : 'application/json'}`]),
  ];
  const cookie = endpoint.id === 'session.refresh' ? ['-b cookies.txt -c cookies.txt'] : [];
  return [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${quote(address)}`,
    ...cookie,
    // What the shell fills in stands between double quotes.
    ...headers.map((header) => `-H "${header}"`),
    ...(file ? [`--data-binary @${file.name}`] : []),
    ...(body === undefined ? [] : [`-d ${quote(JSON.stringify(body))}`]),
  ].join(' \\\n  ');
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The sentences of a refusal in the reader's language, whatever language it was recorded in. */
function inLanguage(body: unknown, language: Language): unknown {
  if (typeof body !== 'object' || body === null || !('code' in body) || !('params' in body)) return body;
  const { code, params } = body as { code: ErrorCode; params: ErrorParams };
  return { ...body, ...errorSentence(code, params, language) };
}

function pretty(value: unknown): string {
  return JSON.stringify(value, null, 2);
}
