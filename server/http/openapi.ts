import {
  OpenApiGeneratorV31,
  OpenAPIRegistry,
  type ResponseConfig,
  type RouteConfig,
} from '@asteasolutions/zod-to-openapi';
import type { z } from 'zod';
import { API_BASE } from '../../shared/contract/endpoints.ts';
import { ERRORS, errorSpec, type ErrorCode } from '../../shared/errors.ts';
import { ERROR_SENTENCES, errorSentence } from '../../shared/messages/errors.ts';
import { PERMISSIONS, type Permission, type Role } from '../../shared/permissions.ts';
import { endpoints } from './api.ts';
import type { Endpoint } from './kernel.ts';
import { openApiExamples } from './openapi-examples.ts';

type SchemaObject = Extract<
  Parameters<OpenAPIRegistry['registerComponent']>[2],
  { examples?: unknown[]; properties?: unknown }
>;
type Document = ReturnType<OpenApiGeneratorV31['generateDocument']>;

const PROBLEM = 'application/problem+json';
const problemRef = { $ref: '#/components/schemas/Problem' };

/** The OpenAPI 3.1 description, made of the same contract the server checks requests and answers by. */
export function openApiDocument(version: string): Document {
  const registry = new OpenAPIRegistry();
  for (const [name, scheme] of Object.entries(SECURITY))
    registry.registerComponent('securitySchemes', name, scheme);
  registry.registerComponent('schemas', 'Problem', problemSchema());
  registry.registerComponent('parameters', 'IdempotencyKey', {
    name: 'Idempotency-Key',
    in: 'header',
    required: true,
    description:
      'Minted by the caller when the intent begins. The same key with the same content is answered as the first time (with `Idempotency-Replayed: true`), with other content it is refused; keys never expire.',
    schema: { type: 'string', pattern: '^[A-Za-z0-9_-]{8,100}$' },
  });
  for (const endpoint of endpoints()) registry.registerPath(describe(endpoint));
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: '积善 Jishan',
      version,
      description:
        'Points are integers in hundredths, money in fen, instants in milliseconds since 1970. Failures are problem documents (RFC 9457), in Chinese or English by Accept-Language.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: API_BASE }],
    tags: Array.from(new Set(endpoints().map(roomOf)), (name) => ({ name })),
  });
}

const SECURITY = {
  staff: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: 'Access token of POST /session, ten minutes',
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
  shift: { type: 'apiKey', in: 'header', name: 'X-Shift', description: 'The token of POST /kiosk/shift' },
} as const;

function describe(endpoint: Endpoint): RouteConfig {
  const { id, method, path, operation } = endpoint;
  const roles: readonly Role[] = PERMISSIONS[operation.access];
  const example = openApiExamples[id];
  return {
    method: method === 'GET' ? 'get' : method === 'PATCH' ? 'patch' : 'post',
    path: path.replace(/:(\w+)/g, '{$1}'),
    operationId: id,
    summary: operation.summary,
    tags: [roomOf(endpoint)],
    security: securityOf(operation.access),
    'x-permission': operation.access,
    'x-roles': Array.from(roles),
    ...(isKeyed(endpoint) ? { parameters: [{ $ref: '#/components/parameters/IdempotencyKey' }] } : {}),
    request: {
      ...(operation.params ? { params: operation.params as z.ZodObject } : {}),
      ...(operation.query ? { query: operation.query as z.ZodObject } : {}),
      ...bodyOf(endpoint, example),
    },
    responses: { 200: success(endpoint), ...problems(endpoint) },
  };
}

function bodyOf({ operation }: Endpoint, example: unknown): Partial<NonNullable<RouteConfig['request']>> {
  if (operation.bodyType !== undefined) {
    const schema = { type: 'string', format: 'binary' } as const;
    return { body: { required: true, content: { [operation.bodyType]: { schema } } } };
  }
  if (!operation.body) return {};
  const media = { schema: operation.body, ...(example === undefined ? {} : { example }) };
  return { body: { required: true, content: { 'application/json': media } } };
}

function success(endpoint: Endpoint): ResponseConfig {
  const { operation } = endpoint;
  if (operation.response === 'binary') {
    return {
      description: 'A file',
      content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
    };
  }
  if (operation.response === 'picture')
    return {
      description: 'The photo',
      content: { 'image/jpeg': { schema: { type: 'string', format: 'binary' } } },
    };
  return {
    description: isKeyed(endpoint)
      ? 'Done; also when it had been done before under the same key'
      : 'The answer',
    content: { 'application/json': { schema: operation.response } },
  };
}

/** One response for each status, with the codes it may carry. */
function problems(endpoint: Endpoint): Record<string, ResponseConfig> {
  const codes = new Set<ErrorCode>([...commonCodes(endpoint), ...endpoint.operation.errors]);
  const byStatus = Map.groupBy(codes, (code) => errorSpec(code).status);
  return Object.fromEntries(
    Array.from(byStatus, ([status, group]) => [
      String(status),
      {
        description: group.map((code) => `\`${code}\` ${ERROR_SENTENCES.en[code].title}`).join('; '),
        content: {
          [PROBLEM]: { schema: { allOf: [problemRef, { properties: { code: { enum: group } } }] } },
        },
      },
    ]),
  );
}

/** What any request of this kind may meet, whatever it is about. */
function commonCodes(endpoint: Endpoint): ErrorCode[] {
  const { operation } = endpoint;
  const roles: readonly Role[] = PERMISSIONS[operation.access];
  const isPublic = roles.includes('public');
  const isKiosk = roles.includes('kiosk') || roles.includes('volunteer');
  return [
    ...((operation.params ?? operation.query ?? operation.body) ? (['request.invalid'] as const) : []),
    ...(endpoint.method === 'GET' ? [] : (['request.not_json', 'request.too_large'] as const)),
    ...(isKeyed(endpoint)
      ? (['idempotency.missing', 'idempotency.conflict', 'server.unknown_outcome'] as const)
      : []),
    ...(isPublic ? [] : (['auth.required', 'auth.session_ended', 'auth.forbidden'] as const)),
    ...(isPublic || isKiosk || roles.includes('household')
      ? []
      : (['auth.expired', 'auth.must_change_password'] as const)),
    ...(isKiosk ? (['kiosk.revoked', 'kiosk.shift_over'] as const) : []),
    'request.too_many',
    'server.busy',
    'server.stopping',
    'server.bug',
  ];
}

function isKeyed({ method, operation }: Endpoint): boolean {
  return method !== 'GET' && operation.idempotent !== false;
}

function roomOf({ id }: Endpoint): string {
  return id.slice(0, id.indexOf('.'));
}

function securityOf(access: Permission): Record<string, string[]>[] {
  const roles: readonly Role[] = PERMISSIONS[access];
  if (roles.includes('public')) return [];
  const needs: Record<string, string[]>[] = [];
  if (roles.includes('household')) needs.push({ household: [] });
  if (roles.includes('kiosk')) needs.push({ kiosk: [] });
  if (roles.includes('volunteer')) needs.push({ kiosk: [], shift: [] });
  return needs.length > 0 ? needs : [{ staff: [] }];
}

function problemSchema(): SchemaObject {
  const code = 'ledger.points_short';
  const { status, kind } = ERRORS[code];
  const params = { missing: 250, balance: 750, needed: 1000 };
  return {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'code', 'kind', 'moved', 'params', 'requestId'],
    properties: {
      type: { type: 'string', format: 'uri' },
      title: { type: 'string' },
      status: { type: 'integer' },
      detail: { type: 'string', description: 'What happened, whether points moved, what to do' },
      code: { type: 'string', enum: Object.keys(ERRORS) },
      kind: { type: 'string', enum: ['retry', 'refused', 'bug'] },
      moved: {
        type: 'string',
        enum: ['no', 'unknown'],
        description: 'unknown: ask again with the same Idempotency-Key',
      },
      params: { type: 'object', additionalProperties: { type: ['string', 'number'] } },
      requestId: { type: 'string' },
      errors: {
        type: 'array',
        items: {
          type: 'object',
          required: ['path', 'message'],
          properties: { path: { type: 'string' }, message: { type: 'string' } },
        },
      },
    },
    examples: [
      {
        type: `urn:jishan:problem:${code}`,
        ...errorSentence(code, params, 'zh'),
        status,
        code,
        kind,
        moved: 'no',
        params,
        requestId: 'x7Qp2a-1k',
      },
    ],
  };
}
