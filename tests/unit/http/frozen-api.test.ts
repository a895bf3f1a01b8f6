import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../server/http/openapi/document.ts';
import type { Operation } from '../../../shared/operation.ts';
import { OPERATIONS } from '../../../shared/contract.ts';
import {
  DELIBERATE_DIFFERENCES,
  type DeliberateDifference,
} from '../../fixtures/0.1.0/deliberate-differences.ts';
import { type ApiDocument, incompatibilities } from '../../support/api-compatibility.ts';
import type { Difference } from '../../support/schema-compatibility.ts';

const frozen = JSON.parse(
  readFileSync(new URL('../../fixtures/0.1.0/openapi.json', import.meta.url), 'utf8'),
) as ApiDocument;

// Places in the document: names with a space between them.
const JSON_BODY = 'content application/json schema';
const LOG_IN = 'paths /session post';
const LOG_IN_BODY = `${LOG_IN} requestBody ${JSON_BODY}`;
const LOG_IN_ANSWER = `${LOG_IN} responses 200 ${JSON_BODY}`;
const LOG_IN_REFUSED = `${LOG_IN} responses 401 content application/problem+json schema`;
const HOUSEHOLDS = 'paths /households get';
const LIMIT = `${HOUSEHOLDS} parameters 9`;
const NEW_HOUSEHOLD = `paths /households post requestBody ${JSON_BODY}`;
const SPLIT = `paths /households/{id}/changes post requestBody ${JSON_BODY}`;
const NEW_GOODS = `paths /goods post requestBody ${JSON_BODY}`;
const GOODS = `paths /goods get responses 200 ${JSON_BODY} properties items items`;
const CODES = `${LOG_IN_REFUSED} allOf 1 properties code enum`;

type List = readonly unknown[];
type Change = (value: unknown) => unknown;
type Plant = readonly [name: string, path: string, change: Change, found: string | readonly string[]];

const gone: Change = () => undefined;
const to = (value: unknown) => () => value;
const withMore = (added: object) => (value: unknown) => ({ ...(value as object), ...added });
const plus = (one: unknown) => (value: unknown) => [...(value as List), one];
const without = (one: unknown) => (value: unknown) => (value as List).filter((other) => other !== one);
const optionalText = { zz: { type: 'string' } };

const BREAKS: readonly Plant[] = [
  ['a path gone', 'paths /village/summary', gone, 'GET /village/summary: is gone'],
  ['a method gone', LOG_IN, gone, 'POST /session: is gone'],
  [
    'an operation renamed',
    `${LOG_IN} operationId`,
    to('session.open'),
    'POST /session: is called session.open, not session.login',
  ],
  [
    'a public operation closed',
    `${LOG_IN} security`,
    to([{ staff: [] }]),
    'POST /session: asks for another log-in',
  ],
  [
    'another log-in asked for',
    `${HOUSEHOLDS} security`,
    to([{ kiosk: [] }]),
    'GET /households: asks for another log-in',
  ],
  [
    'a role shut out',
    `${HOUSEHOLDS} x-roles`,
    without('supervisor'),
    'GET /households: lets supervisor in no longer',
  ],
  [
    'fewer calls a minute',
    `${HOUSEHOLDS} x-rate-limit-per-minute`,
    to(1),
    'GET /households: answers only 1 times a minute',
  ],
  ['a parameter renamed', `${LIMIT} name`, to('count'), 'GET /households query limit: is gone'],
  ['a parameter newly required', `${LIMIT} required`, to(true), 'GET /households query limit: is required'],
  [
    'another required parameter',
    `${HOUSEHOLDS} parameters`,
    plus({ name: 'zz', in: 'query', required: true, schema: { type: 'string' } }),
    'GET /households query zz: is required',
  ],
  [
    'a lower limit of a parameter',
    `${LIMIT} schema maximum`,
    to(3),
    'GET /households query limit: has maximum 3, not 200',
  ],
  ['another default', `${LIMIT} schema default`, to(3), 'GET /households query limit: has default 3, not 50'],
  [
    'a shared header renamed',
    'components parameters IdempotencyKey name',
    to('Key'),
    'parameter IdempotencyKey: is header Key, not header Idempotency-Key',
  ],
  ['a body gone', `${LOG_IN} requestBody`, gone, 'POST /session body: is gone'],
  [
    'a body where there was none',
    `${HOUSEHOLDS} requestBody`,
    to({ required: true, content: {} }),
    'GET /households body: is required',
  ],
  [
    'a media type of a body gone',
    `${LOG_IN} requestBody content application/json`,
    gone,
    'POST /session body application/json: is gone',
  ],
  [
    'a field of a request gone',
    `${LOG_IN_BODY} properties username`,
    gone,
    'POST /session body.username: is gone',
  ],
  [
    'another required field of a request',
    LOG_IN_BODY,
    (body) => ({ ...(body as object), properties: optionalText, required: ['zz'] }),
    [
      'POST /session body.username: is gone',
      'POST /session body.password: is gone',
      'POST /session body.zz: is required',
    ],
  ],
  [
    'a field of a request retyped',
    `${LOG_IN_BODY} properties username type`,
    to('integer'),
    'POST /session body.username: is integer, not string',
  ],
  [
    'a field newly required',
    `${NEW_HOUSEHOLD} required`,
    plus('phone'),
    'POST /households body.phone: is required',
  ],
  [
    'a field no longer nullable',
    `${NEW_HOUSEHOLD} properties phone type`,
    to('string'),
    'POST /households body.phone: is string, not null',
  ],
  [
    'a shorter limit',
    `${LOG_IN_BODY} properties username maxLength`,
    to(3),
    'POST /session body.username: has maxLength 3, not 64',
  ],
  [
    'a limit where there was none',
    `${LOG_IN_BODY} properties username minLength`,
    to(3),
    'POST /session body.username: has minLength 3, not none',
  ],
  [
    'a pattern where there was none',
    `${LOG_IN_BODY} properties username pattern`,
    to('^a$'),
    'POST /session body.username: has pattern "^a$", not none',
  ],
  [
    'a value of a request gone',
    `${NEW_GOODS} properties kind enum`,
    without('loan'),
    'POST /goods body.kind: is no longer loan',
  ],
  [
    'few values where any was taken',
    `${NEW_GOODS} properties name enum`,
    to(['rice']),
    'POST /goods body.name: takes only rice',
  ],
  [
    'other fields refused',
    `${LOG_IN_BODY} additionalProperties`,
    to(false),
    'POST /session body: takes no other fields',
  ],
  [
    'an alternative gone',
    `${SPLIT} oneOf`,
    (all) => (all as List).slice(1),
    [
      'POST /households/{id}/changes body.kind: is no longer split',
      'POST /households/{id}/changes body.fresh: is gone',
      'POST /households/{id}/changes body.points: is gone',
      'POST /households/{id}/changes body.intoId: is required',
    ],
  ],
  [
    'a field of an alternative gone',
    `${SPLIT} oneOf 0 properties fresh`,
    gone,
    'POST /households/{id}/changes body.fresh: is gone',
  ],
  [
    'a keyword nobody knows added',
    `${LOG_IN_BODY} properties username not`,
    to({ const: 'root' }),
    'POST /session body.username: has not {"const":"root"}, not none',
  ],
  ['a status gone', `${LOG_IN} responses 401`, gone, 'POST /session 401: is gone'],
  [
    'a header of an answer gone',
    `${LOG_IN} responses 429 headers Retry-After`,
    gone,
    'POST /session 429 header Retry-After: is gone',
  ],
  [
    'a media type of an answer gone',
    `${LOG_IN} responses 200 content application/json`,
    gone,
    'POST /session 200 application/json: is gone',
  ],
  ['a field of an answer gone', `${GOODS} properties price`, gone, 'GET /goods 200.items[].price: is gone'],
  [
    'a field of an answer retyped',
    `${GOODS} properties price type`,
    to('string'),
    'GET /goods 200.items[].price: is string, not integer',
  ],
  [
    'a field of an answer that may be null',
    `${GOODS} properties price type`,
    to(['integer', 'null']),
    'GET /goods 200.items[].price: is null, not integer',
  ],
  [
    'a field of an answer that is never null any more',
    `${GOODS} properties costFen type`,
    to('integer'),
    'GET /goods 200.items[].costFen: is integer, not null',
  ],
  [
    'a field of an answer that may be missing',
    `${GOODS} required`,
    without('price'),
    'GET /goods 200.items[].price: may be missing',
  ],
  [
    'a field of an answer that may be anything',
    `${GOODS} properties price`,
    to({}),
    'GET /goods 200.items[].price: may be anything',
  ],
  [
    'a value of an answer gone',
    `${GOODS} properties kind enum`,
    without('loan'),
    'GET /goods 200.items[].kind: is no longer loan',
  ],
  [
    'any value where few were given',
    `${GOODS} properties kind enum`,
    gone,
    'GET /goods 200.items[].kind: may have any value',
  ],
  [
    'another format',
    `${LOG_IN_ANSWER} properties expiresInS format`,
    to('date'),
    'POST /session 200.expiresInS: has format "date", not none',
  ],
  ['a code gone', CODES, without('auth.wrong'), 'POST /session 401.code: is no longer auth.wrong'],
  [
    'a field of every refusal gone',
    'components schemas Problem properties moved',
    gone,
    'schema Problem.moved: is gone',
  ],
];

const ADDITIONS: readonly (readonly [name: string, path: string, change: Change])[] = [
  ['another path', 'paths', withMore({ '/zz': { get: {} } })],
  [
    'an optional parameter',
    `${HOUSEHOLDS} parameters`,
    plus({ name: 'zz', in: 'query', schema: { type: 'string' } }),
  ],
  ['another optional field of a request', `${LOG_IN_BODY} properties`, withMore(optionalText)],
  ['a field no longer required', `${LOG_IN_BODY} required`, without('password')],
  ['a wider limit', `${LOG_IN_BODY} properties username maxLength`, to(100)],
  ['a wider type', `${NEW_GOODS} properties price type`, to(['number', 'null'])],
  ['another value of a request', `${NEW_GOODS} properties kind enum`, plus('voucher')],
  ['another alternative', `${SPLIT} oneOf`, plus({ type: 'object', properties: optionalText })],
  ['another log-in', `${HOUSEHOLDS} security`, plus({ kiosk: [] })],
  ['another field of an answer', `${GOODS} properties`, withMore(optionalText)],
  ['another value of an answer', `${GOODS} properties kind enum`, plus('voucher')],
  ['another code', CODES, plus('auth.zz')],
  ['another status', `${LOG_IN} responses`, withMore({ 418: { description: 'a teapot' } })],
  ['another description', `${LOG_IN_BODY} properties username description`, to('Who you are')],
];

describe('the API of 0.1.0', () => {
  it('is kept, but for what is listed as deliberate', () => {
    const today = JSON.parse(JSON.stringify(openApiDocument('0.1.0'))) as ApiDocument;
    const found = [...incompatibilities(frozen, today), ...refusedExamples(frozen)];
    expect(judge(found, DELIBERATE_DIFFERENCES)).toEqual({ unlisted: [], unneeded: [] });
    for (const { reason } of DELIBERATE_DIFFERENCES) expect(reason).toMatch(/\S/);
  });

  it.each(BREAKS)('is broken by %s', (_, path, change, found) => {
    expect(incompatibilities(frozen, changed(path, change)).map(inWords)).toEqual([found].flat());
  });

  it.each(ADDITIONS)('is kept with %s', (_, path, change) => {
    expect(incompatibilities(frozen, changed(path, change))).toEqual([]);
  });

  it('is kept where a schema moves among the components, and broken where it changes there', () => {
    const schemas = 'components schemas';
    const reference = { $ref: '#/components/schemas/LogIn' };
    const logIn = at(frozen, LOG_IN_BODY.split(' ')) as { properties: object };
    const moved = changed(LOG_IN_BODY, to(reference), changed(schemas, withMore({ LogIn: logIn })));
    expect(incompatibilities(frozen, moved)).toEqual([]);
    const { properties } = logIn;
    const other = changed(schemas, withMore({ LogIn: { ...logIn, properties: {} } }), moved);
    expect(incompatibilities(frozen, other).map(inWords)).toEqual(
      Object.keys(properties).map((name) => `POST /session body.${name}: is gone`),
    );
  });

  it('has examples that are refused where the program takes less', () => {
    const path = `${LOG_IN} requestBody content application/json examples`;
    const examples = { zz: { value: { username: 7, password: 'p' } } };
    const found = refusedExamples(changed(path, to(examples))).map(inWords);
    expect(found.filter((one) => one.startsWith('POST /session '))).toEqual([
      'POST /session body: is refused in the example “zz”',
    ]);
  });

  it('has a list of what is deliberate that is neither too short nor too long', () => {
    const found = [
      { at: 'GET /a', what: 'is gone' },
      { at: 'GET /b', what: 'is gone' },
    ];
    const listed = (...places: string[]) => [{ at: places, what: 'is gone', reason: 'nobody asks for it' }];
    expect(judge(found, listed('GET /a', 'GET /b'))).toEqual({ unlisted: [], unneeded: [] });
    expect(judge(found, listed('GET /a'))).toEqual({ unlisted: ['GET /b: is gone'], unneeded: [] });
    expect(judge([], listed('GET /a'))).toEqual({ unlisted: [], unneeded: ['GET /a: is gone'] });
  });
});

function judge(found: readonly Difference[], deliberate: readonly DeliberateDifference[]) {
  const there = found.map(inWords);
  const listed = deliberate.flatMap(({ at: places, what }) => places.map((at) => inWords({ at, what })));
  return {
    unlisted: there.filter((one) => !listed.includes(one)),
    unneeded: listed.filter((one) => !there.includes(one)),
  };
}

/** The requests that 0.1.0 showed and the program takes no longer: schemas do not tell all that a check refuses. */
function refusedExamples({ paths }: ApiDocument): Difference[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).flatMap(([method, { operationId, requestBody }]) => {
      const today = (OPERATIONS as Readonly<Record<string, Operation>>)[operationId]?.body;
      const shown = Object.entries(requestBody?.content['application/json']?.examples ?? {});
      return shown
        .filter(([, { value }]) => today?.safeParse(value).success === false)
        .map(([name]) => ({
          at: `${method.toUpperCase()} ${path} body`,
          what: `is refused in the example “${name}”`,
        }));
    }),
  );
}

function inWords({ at, what }: Difference): string {
  return `${at}: ${what}`;
}

/** A copy of the document, the 0.1.0 one if no other is given, in which one place is changed. */
function changed(path: string, change: Change, document = frozen): ApiDocument {
  const copy = structuredClone(document);
  const names = path.split(' ');
  const last = names.pop() ?? '';
  const parent = at(copy, names) as Record<string, unknown>;
  const value = change(parent[last]);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return copy;
}

function at(document: object, names: readonly string[]): unknown {
  return names.reduce<unknown>((part, name) => {
    const found = (part as Record<string, unknown>)[name];
    if (found === undefined) throw new Error(`the document has no ${names.join(' ')}`);
    return found;
  }, document);
}
