import { type ErrorCode, errorSpec } from '../../../shared/errors.ts';
import { errorSentence } from '../../../shared/words.ts';
import type { Language } from '../../../shared/sentence.ts';
import { PERMISSIONS } from '../../../shared/permissions.ts';
import type { Role } from '../../../shared/roles.ts';
import { LIMITS, type Endpoint } from '../kernel-options.ts';
import { isLogIn } from '../rates.ts';
import { exampleOf } from './example-text.ts';
import { shownExamples } from './examples/index.ts';
import { sayDescription, sayField } from './fields.zh.ts';
import { html, inline, type Markup } from './html.ts';
import { codesOf, isKeyed } from './problems.ts';
import { type Row, type Schema, variantsOf } from './schema-rows.ts';
import { summaries } from './summaries.zh.ts';
import { type Words, WORDS } from './page-sentences.ts';

/** What the description for programs says of one operation. */
export interface Described {
  readonly parameters?: readonly DescribedParameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >;
}

interface DescribedParameter {
  readonly name?: string;
  readonly in?: string;
  readonly required?: boolean;
  readonly schema?: Schema;
}

/** One operation of the reference: folded to a line, and all there is to know inside. */
export function operation(endpoint: Endpoint, described: Described, language: Language): Markup {
  const { id, method, path } = endpoint;
  const words = WORDS[language];
  const roles: readonly Role[] = PERMISSIONS[endpoint.operation.access];
  const { own, common } = codesOf(endpoint);
  const summary = (language === 'zh' ? summaries[id] : undefined) ?? endpoint.operation.summary;
  const examples = shownExamples(id).map((shown) => exampleOf(endpoint, shown, language));
  return html`<details
    class="operation"
    id="${id}"
    data-who="${roles.join(' ')}"
    data-words="${[id, path, summary, ...own].join(' ').toLowerCase()}"
  >
    <summary>
      <span class="method ${method.toLowerCase()}">${method}</span
      ><span class="what"><span class="path">${path}</span><span class="summary">${summary}</span></span>
    </summary>
    <div class="inside">
      ${facts(endpoint, roles, words)} ${parameters(described, language)}
      ${sent(endpoint, described, language)} ${answered(endpoint, described, language)}
      <h4>${words.ownFailures}</h4>
      ${own.length > 0 && failures(own, language)}
      <p class="common">
        ${words.commonFailures}
        ${common.map((code) => html`<a href="#error-${code}"><code>${code}</code></a> `)}
      </p>
      <h4>${words.examples}</h4>
      ${examples}
    </div>
  </details>`;
}

/** Codes with what they say. */
export function failures(codes: readonly ErrorCode[], language: Language, asTargets = false): Markup {
  const words = WORDS[language];
  const rows = codes.map((code) => {
    const { status, kind } = errorSpec(code);
    const { title, detail } = errorSentence(code, {}, language);
    return html`<tr${asTargets && html` id="error-${code}"`}><th scope="row"><code>${breakable(code)}</code><span class="aside">${words.kinds[kind]} (${status})</span></th><td><strong>${title}</strong> ${detail}</td></tr>`;
  });
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${words.code}</th>
        <th scope="col">${words.sentence}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function facts(endpoint: Endpoint, roles: readonly Role[], words: Words): Markup {
  const { operation } = endpoint;
  const perMinute = isLogIn(endpoint) ? LIMITS.logInsPerMinute : LIMITS.requestsPerMinute;
  const twice = isKeyed(endpoint) ? words.keyed : endpoint.method === 'GET' ? words.read : words.open;
  const kept = operation.cache && (operation.cache === 'public' ? words.keptPublic : words.keptPrivate);
  const fact = (name: string, text: Markup) =>
    html`<div>
      <dt>${name}</dt>
      <dd>${text}</dd>
    </div>`;
  return html`<dl class="facts">
    ${fact(words.mayCall, html`${roles.map((role) => html`<span class="who">${words.roles[role]}</span> `)}`)}
    ${fact(words.carries, html`${carried(roles).map((header) => html`<code>${header}</code> `)}${roles.includes('public') && words.nothing}`)}
    ${fact(words.twice, inline(twice))} ${kept !== undefined && fact(words.kept, inline(kept))}
    ${fact(words.rate, html`${words.rateText.replace('{n}', String(perMinute))}`)}
  </dl>`;
}

function carried(roles: readonly Role[]): string[] {
  if (roles.includes('public')) return [];
  if (roles.includes('household')) return ['Authorization: Household …'];
  if (roles.includes('kiosk')) return ['Authorization: Kiosk …'];
  if (roles.includes('volunteer')) return ['Authorization: Kiosk …', 'X-Shift: …'];
  return ['Authorization: Bearer …'];
}

function parameters({ parameters: all = [] }: Described, language: Language): Markup | null {
  const words = WORDS[language];
  const rows = all.flatMap(({ name, in: where, required = false, schema = {} }) => {
    if (name === undefined || where === 'header') return [];
    const place = where === 'path' ? words.inPath : words.inQuery;
    return [fieldRow({ name, schema, required, nullable: false, isList: false }, language, place)];
  });
  return rows.length === 0
    ? null
    : html`<h4>${words.parameters}</h4>
        ${fieldTable(rows, words)}`;
}

function sent({ operation }: Endpoint, { requestBody }: Described, language: Language): Markup | null {
  const words = WORDS[language];
  if (operation.bodyType !== undefined)
    return html`<h4>${words.body}</h4>
      <p>${words.upload} <code>${operation.bodyType}</code></p>`;
  const schema = requestBody?.content['application/json']?.schema;
  return schema ? shape(words.body, schema, language) : null;
}

function answered({ operation }: Endpoint, { responses }: Described, language: Language): Markup {
  const words = WORDS[language];
  if (operation.response === 'picture')
    return html`<h4>${words.answer}</h4>
      <p>${words.photo}</p>`;
  if (operation.response === 'binary')
    return html`<h4>${words.answer}</h4>
      <p>${words.file} ${(operation.files ?? []).map((type) => html`<code>${type}</code> `)}</p>`;
  return shape(words.answer, responses['200']?.content?.['application/json']?.schema ?? {}, language);
}

function shape(title: string, schema: Schema, language: Language): Markup {
  const words = WORDS[language];
  const variants = variantsOf(schema).filter((rows) => rows.length > 0);
  const tables = variants.map(
    (rows, index) =>
      html`${index > 0 && html`<p class="either">${words.either}</p>`}${fieldTable(
        rows.map((row) => fieldRow(row, language)),
        words,
      )}`,
  );
  return html`<h4>${title}</h4>
    ${variants.length === 0 ? html`<p><code>{}</code></p>` : tables}`;
}

function fieldTable(rows: readonly Markup[], words: Words): Markup {
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${words.field}</th>
        <th scope="col">${words.meaning}</th>
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}

function fieldRow(row: Row, language: Language, place?: string): Markup {
  const words = WORDS[language];
  const { name, schema, required } = row;
  const said = meaningOf(row, language);
  return html`<tr>
    <th scope="row">
      <code>${breakable(name)}</code
      >${!required && html`<span class="aside">${words.optional}</span>`}${place !== undefined && html`<span class="aside">${place}</span>`}
    </th>
    <td>
      <span class="type">${typeOf(row, words)}</span
      >${said !== '' && html` · ${inline(said)}`}${schema.default !== undefined && html` <span class="aside">${words.defaultIs} <code>${JSON.stringify(schema.default)}</code></span>`}
    </td>
  </tr>`;
}

/** `lines[].goodsId` may go on in the next line after a dot. */
function breakable(name: string): Markup {
  return html`${name.split(/(?<=[._])/).map((part, index) => html`${index > 0 && html`<wbr />`}${part}`)}`;
}

function meaningOf({ name, schema }: Row, language: Language): string {
  const last = name.replace(/\[\]$/, '').split('.').at(-1) ?? '';
  if (language === 'en') return schema.description ?? '';
  return [sayField(last), schema.description === undefined ? '' : sayDescription(schema.description)]
    .filter((said, index, all) => said !== '' && all.indexOf(said) === index)
    .join('；');
}

function typeOf({ schema, isList, nullable }: Row, words: Words): Markup {
  const bounds = boundsOf(schema, words);
  return html`${isList && words.listOf}${plainType(schema, words)}${bounds !== '' && html` ${bounds}`}${nullable && html`, ${words.nullable}`}`;
}

function plainType(schema: Schema, words: Words): Markup {
  const values = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (values)
    return html`${values.map((value, index) => html`${index > 0 && ' | '}<code>${JSON.stringify(value)}</code>`)}`;
  if (schema.format === 'date') return html`${words.types.date}`;
  const choices = schema.anyOf ?? schema.oneOf;
  const type = choices?.[0]?.type ?? schema.type;
  const known = words.types as Readonly<Record<string, string>>;
  return html`${(typeof type === 'string' ? known[type] : undefined) ?? words.types.any}`;
}

/** Above these nobody has to be told. */
const NO_BOUND = 1_000_000_000;
const OF_IDS = '^[A-Za-z0-9_-]+$';

function boundsOf({ minimum, maximum, maxLength, maxItems, pattern }: Schema, words: Words): string {
  if (pattern === OF_IDS) return '';
  if (maxLength !== undefined) return `${words.atMost} ${maxLength} ${words.characters}`;
  if (maxItems !== undefined) return `${words.atMost} ${maxItems} ${words.entries}`;
  const least = minimum === undefined || minimum <= -NO_BOUND ? null : minimum;
  const most = maximum === undefined || maximum >= NO_BOUND ? null : maximum;
  if (least !== null && most !== null) return `${least}–${most}`;
  if (least !== null) return `≥ ${least}`;
  return most === null ? '' : `≤ ${most}`;
}
