import { API_DESCRIPTION } from '../../../shared/http/words.ts';
import { PRODUCT_NAME } from '../../../shared/product-name.ts';
import {
  OpenApiGeneratorV31,
  OpenAPIRegistry,
  type ResponseConfig,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import type { z } from 'zod';
import { API_BASE } from '../../../shared/api-base.ts';
import type { EndpointId } from '../../../shared/endpoints.ts';
import { errorSpec, type ErrorCode } from '../../../shared/errors.ts';
import { foldPart } from '../../../shared/fold.ts';
import type { Tags } from '../../../shared/sentence.ts';
import { SERVED } from '../../../shared/served.ts';
import { ERROR_WORDS } from '../../../shared/words.ts';
import { PERMISSIONS, type Permission } from '../../../shared/permissions.ts';
import { type Role, STAFF_ROLES } from '../../../shared/roles.ts';
import { endpoints } from '../router.ts';
import { LIMITS, type Endpoint } from '../kernel-options.ts';
import { type Example, type Shown, shownExamples, wholeStory } from './examples/index.ts';
import { codesOf, isKeyed, PROBLEM_SCHEMA } from './problems.ts';

const tags: Tags = foldPart(SERVED, 'tags');

type Document = ReturnType<OpenApiGeneratorV31['generateDocument']>;
type Examples = Record<string, { value: unknown }>;

const PROBLEM = 'application/problem+json';
const problemRef = { $ref: '#/components/schemas/Problem' };
const binary = { type: 'string', format: 'binary' } as const;

/** The OpenAPI 3.1 description, made of the same contract the server checks requests and answers by. */
export function openApiDocument(version: string, more: readonly Example[] = []): Document {
  const examples = wholeStory(more);
  const registry = new OpenAPIRegistry();
  for (const [name, scheme] of Object.entries(SECURITY))
    registry.registerComponent('securitySchemes', name, scheme);
  registry.registerComponent('schemas', 'Problem', PROBLEM_SCHEMA);
  for (const [name, parameter] of Object.entries(PARAMETERS))
    registry.registerComponent('parameters', name, parameter);
  for (const [name, header] of Object.entries(HEADERS)) registry.registerComponent('headers', name, header);
  for (const endpoint of endpoints())
    registry.registerPath(describe(endpoint, shownExamples(examples, endpoint.id)));
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: PRODUCT_NAME,
      version,
      description: API_DESCRIPTION.en,
      'x-description-zh': API_DESCRIPTION.zh,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: API_BASE }],
    tags: Array.from(new Set(endpoints().map(tagOf)), (name) => ({
      name,
      ...(tags[name] ? { description: tags[name].en, 'x-description-zh': tags[name].zh } : {}),
    })),
  });
  return plainPatterns(document);
}

/** The generator writes a pattern's flags behind it, as if they were part of it: /^x$/u becomes "^x$/u". */
function plainPatterns(document: Document): Document {
  const flagged = /^\/?([^]*)\/[a-z]+$/;
  return JSON.parse(
    JSON.stringify(document, (name, value: unknown) =>
      name === 'pattern' && typeof value === 'string' ? value.replace(flagged, '$1') : value,
    ),
  ) as Document;
}

const SECURITY = {
  staff: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: '`Bearer <accessToken>` of POST /session, good for ten minutes',
  },
  household: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: '`Household <token>`, the token of POST /me/session',
  },
  kiosk: {
    type: 'apiKey',
    in: 'header',
    name: 'Authorization',
    description: '`Kiosk <deviceToken>`, the token of POST /kiosk/pairing',
  },
  shift: {
    type: 'apiKey',
    in: 'header',
    name: 'X-Shift',
    description: 'The shiftToken of POST /kiosk/shift, beside the kiosk’s own token',
  },
  refresh: {
    type: 'apiKey',
    in: 'cookie',
    name: 'jishan_refresh',
    description:
      'Set at log-in for /session alone, httpOnly; another with each renewal. Over https it is called __Host-jishan_refresh',
  },
} as const;

const PARAMETERS = {
  IdempotencyKey: {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description:
      'Minted by the caller when the intent begins. The same key with the same content is answered as the first time (with `Idempotency-Replayed: true`), with other content it is refused; keys never expire.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{8,100}$' },
  },
  AcceptLanguage: {
    name: 'Accept-Language',
    in: 'header',
    required: false,
    description: 'Language of the sentences in problem documents: Chinese unless `en` is preferred.',
    schema: { type: 'string', default: 'zh' },
  },
  IfNoneMatch: {
    name: 'If-None-Match',
    in: 'header',
    required: false,
    description: 'The ETag of an earlier answer: when nothing has changed, 304 comes without a body.',
    schema: { type: 'string' },
  },
} as const;

const HEADERS = {
  RetryAfter: { description: 'Seconds after which to ask again', schema: { type: 'integer' } },
  RequestId: { description: 'Names this request in the server’s log', schema: { type: 'string' } },
  Replayed: {
    description: '`true` when done before under this key',
    schema: { type: 'string', const: 'true' },
  },
  ETag: { description: 'Of this answer, for If-None-Match', schema: { type: 'string' } },
  FileName: { description: 'What to call the file', schema: { type: 'string' } },
} as const;

const header = (name: keyof typeof HEADERS) => ({ $ref: `#/components/headers/${name}` });
const parameter = (name: keyof typeof PARAMETERS) => ({ $ref: `#/components/parameters/${name}` });

function describe(endpoint: Endpoint, shown: readonly Shown[]): RouteConfig {
  const { id, method, path, operation } = endpoint;
  const roles: readonly Role[] = PERMISSIONS[operation.access];
  return {
    method: method === 'GET' ? 'get' : method === 'PATCH' ? 'patch' : 'post',
    path: path.replace(/:(\w+)/g, '{$1}'),
    operationId: id,
    summary: operation.summary,
    'x-summary-zh': operation.summaryZh,
    tags: [tagOf(endpoint)],
    security: securityOf(id, operation.access),
    'x-permission': operation.access,
    'x-roles': Array.from(roles),
    'x-rate-limit-per-minute': operation.guessable ? LIMITS.logInsPerMinute : LIMITS.requestsPerMinute,
    parameters: [
      ...(isKeyed(endpoint) ? [parameter('IdempotencyKey')] : []),
      ...(operation.cache === undefined ? [] : [parameter('IfNoneMatch')]),
      parameter('AcceptLanguage'),
    ],
    request: {
      ...(operation.params ? { params: operation.params as z.ZodObject } : {}),
      ...(operation.query ? { query: operation.query as z.ZodObject } : {}),
      ...bodyOf(endpoint, shown),
    },
    responses: {
      200: success(endpoint, shown),
      ...(operation.cache === undefined ? {} : { 304: { description: 'Not changed since the ETag given' } }),
      ...problems(endpoint, shown),
    },
  };
}

function bodyOf(
  { operation }: Endpoint,
  shown: readonly Shown[],
): Partial<NonNullable<RouteConfig['request']>> {
  if (operation.bodyType !== undefined)
    return { body: { required: true, content: { [operation.bodyType]: { schema: binary } } } };
  if (!operation.body) return {};
  const examples = named(shown, ({ body }) => body);
  return { body: { required: true, content: { 'application/json': { schema: operation.body, examples } } } };
}

function success(endpoint: Endpoint, shown: readonly Shown[]): ResponseConfig {
  const { operation } = endpoint;
  if (operation.response === 'binary') {
    const types = operation.files ?? ['application/octet-stream'];
    return {
      description: 'A file',
      headers: { 'X-Request-Id': header('RequestId'), 'Content-Disposition': header('FileName') },
      content: Object.fromEntries(types.map((type) => [type, { schema: binary }])),
    };
  }
  if (operation.response === 'picture')
    return {
      description: 'The photo',
      headers: { 'X-Request-Id': header('RequestId') },
      content: { 'image/jpeg': { schema: binary } },
    };
  const done = shown.filter(({ answer }) => answer.status === 200);
  return {
    description: isKeyed(endpoint)
      ? 'Done; also when it had been done before under the same key'
      : 'The answer',
    headers: {
      'X-Request-Id': header('RequestId'),
      ...(isKeyed(endpoint) ? { 'Idempotency-Replayed': header('Replayed') } : {}),
      ...(operation.cache === undefined ? {} : { ETag: header('ETag') }),
    },
    content: {
      'application/json': { schema: operation.response, examples: named(done, ({ answer }) => answer.body) },
    },
  };
}

/** One response for each status, with the codes it may carry. */
function problems(endpoint: Endpoint, shown: readonly Shown[]): Record<string, ResponseConfig> {
  const { own, common } = codesOf(endpoint);
  const byStatus = Map.groupBy([...own, ...common], (code) => errorSpec(code).status);
  return Object.fromEntries(
    Array.from(byStatus, ([status, codes]) => [String(status), problem(codes, shown)]),
  );
}

function problem(codes: readonly ErrorCode[], shown: readonly Shown[]): ResponseConfig {
  const isRetry = codes.some((code) => errorSpec(code).kind === 'retry');
  const refused = shown.filter(({ refused: code }) => code !== undefined && codes.includes(code));
  const schema = { allOf: [problemRef, { properties: { code: { enum: Array.from(codes) } } }] };
  return {
    description: codes.map((code) => `\`${code}\` ${ERROR_WORDS[code].en.title}`).join('; '),
    headers: {
      'X-Request-Id': header('RequestId'),
      ...(isRetry ? { 'Retry-After': header('RetryAfter') } : {}),
    },
    content: { [PROBLEM]: { schema, examples: named(refused, ({ answer }) => answer.body) } },
  };
}

function named(shown: readonly Shown[], value: (one: Shown) => unknown): Examples {
  return Object.fromEntries(shown.map((one) => [one.name, { value: value(one) }]));
}

function tagOf({ id }: Endpoint): string {
  return id.slice(0, id.indexOf('.'));
}

function securityOf(id: EndpointId, access: Permission): Record<string, string[]>[] {
  const roles: readonly Role[] = PERMISSIONS[access];
  if (id === 'session.refresh') return [{ refresh: [] }];
  if (roles.includes('public')) return [];
  const needs: Record<string, string[]>[] = [];
  if (roles.includes('household')) needs.push({ household: [] });
  if (roles.includes('kiosk')) needs.push({ kiosk: [] });
  if (roles.includes('volunteer')) needs.push({ kiosk: [], shift: [] });
  if (roles.some((role) => (STAFF_ROLES as readonly Role[]).includes(role))) needs.push({ staff: [] });
  return needs;
}
