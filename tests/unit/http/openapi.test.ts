import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { ADDED_EXAMPLES } from '../../support/examples.ts';
import { openApiDocument } from '../../../server/http/openapi/document.ts';
import { ENDPOINTS, type EndpointId } from '../../../shared/endpoints.ts';
import { OPERATIONS } from '../../../shared/contract.ts';
import { ERRORS } from '../../../shared/errors.ts';
import { PERMISSIONS } from '../../../shared/permissions.ts';
import { type Role, STAFF_ROLES } from '../../../shared/roles.ts';
import type { Operation } from '../../../shared/operation.ts';

interface Media {
  readonly schema: { readonly allOf?: [object, { properties: { code: { enum: string[] } } }] };
  readonly examples?: Readonly<Record<string, { value: unknown }>>;
}

interface Described {
  readonly operationId: string;
  readonly summary: string;
  readonly 'x-summary-zh'?: string;
  readonly security: object[];
  readonly parameters?: { $ref?: string; name?: string; in?: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<
    Record<string, { content?: Readonly<Record<string, Media>>; headers?: object }>
  >;
}

const document = JSON.parse(JSON.stringify(openApiDocument('1.2.3', ADDED_EXAMPLES))) as {
  openapi: string;
  tags: { name: string; description?: string; 'x-description-zh'?: string }[];
  paths: Record<string, Record<string, Described>>;
};
/** Codes that no endpoint answers: refusals of the ledger to its callers, and of the command line. */
const ONLY_INSIDE = /^(?:journal\.\w+|ledger\.(?:malformed|unbalanced|hold_\w+|floor))$/;
const described = Object.values(document.paths).flatMap((path) => Object.values(path));

/**
 * Their examples are refused: the rows of the examples are of no shift that could be settled as a whole, and their story lasts a
 * morning, while awards are drawn once a month is over, and deductions follow reminders of another day.
 */
const SHOWN_REFUSED: readonly string[] = [
  ...['outbox.settleShift', 'rechecks.draw', 'rechecks.check', 'deductions.tell', 'deductions.agree'],
];

describe('the API’s description', () => {
  it('is valid OpenAPI 3.1', async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(document));
    expect(result.errors ?? []).toEqual([]);
    expect(result.valid).toBe(true);
    expect(validator.version).toBe('3.1');
  });

  it('has every endpoint once, where the table says', () => {
    expect(described.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(ENDPOINTS).sort());
    for (const [id, place] of Object.entries(ENDPOINTS)) {
      const [method = '', path = ''] = place.split(' ');
      const at = document.paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
      expect(at?.operationId).toBe(id);
    }
  });

  it('names the refusals of each, the key of each write, and who may call', () => {
    for (const { operationId, responses, parameters = [], security } of described) {
      const operation: Operation = OPERATIONS[operationId as EndpointId];
      const codes = codesIn(responses);
      for (const code of operation.errors) expect(codes).toContain(code);
      const isWrite = !ENDPOINTS[operationId as EndpointId].startsWith('GET');
      const hasKey = parameters.some(({ $ref }) => $ref === '#/components/parameters/IdempotencyKey');
      expect(hasKey).toBe(isWrite && operation.idempotent !== false);
      const byToken = security.some((one) => !('refresh' in one));
      expect(codes.includes('auth.required')).toBe(byToken);
    }
  });

  it('says of each in both languages what it does, and of each room what it is for', () => {
    for (const { operationId, summary, 'x-summary-zh': zh } of described)
      expect([operationId, summary, zh]).toEqual([operationId, expect.any(String), expect.any(String)]);
    for (const { name, description, 'x-description-zh': zh } of document.tags)
      expect([name, description, zh]).toEqual([name, expect.any(String), expect.any(String)]);
  });

  it('shows with each what is sent and what comes back', () => {
    for (const { operationId, requestBody, responses } of described) {
      const operation: Operation = OPERATIONS[operationId as EndpointId];
      const sent = Object.values(requestBody?.content['application/json']?.examples ?? {});
      expect([operationId, sent.length > 0]).toEqual([operationId, operation.body !== undefined]);
      for (const { value } of sent) expect(operation.body?.safeParse(value).error).toBeUndefined();
      if (typeof operation.response === 'string') continue;
      const answers = Object.values(responses['200']?.content?.['application/json']?.examples ?? {});
      // A write that takes two people is shown as it asks for the second.
      const byTwo = Object.values(responses['409']?.content?.['application/problem+json']?.examples ?? {});
      const shown = answers.length + byTwo.filter(({ value }) => asksForSecond(value)).length;
      if (!SHOWN_REFUSED.includes(operationId)) expect([operationId, shown]).not.toEqual([operationId, 0]);
      for (const { value } of answers) expect(operation.response.safeParse(value).error).toBeUndefined();
    }
  });

  it('names the kinds of files a download may be', () => {
    for (const { operationId, responses } of described) {
      const operation: Operation = OPERATIONS[operationId as EndpointId];
      if (operation.response !== 'binary') continue;
      expect([operationId, operation.files?.length]).toEqual([operationId, expect.any(Number)]);
      expect(Object.keys(responses['200']?.content ?? {})).toEqual(operation.files);
    }
  });

  it('says when to come again, and what need not be sent again', () => {
    for (const { operationId, responses, parameters = [] } of described) {
      const operation: Operation = OPERATIONS[operationId as EndpointId];
      for (const status of ['429', '503']) expect(responses[status]?.headers).toHaveProperty('Retry-After');
      const asksEtag = parameters.some(({ $ref }) => $ref === '#/components/parameters/IfNoneMatch');
      expect([operationId, asksEtag, '304' in responses]).toEqual([
        operationId,
        operation.cache !== undefined,
        operation.cache !== undefined,
      ]);
    }
  });

  it('asks each caller for what the permissions say', () => {
    const needed: Readonly<Record<string, Role>> = { household: 'household', shift: 'volunteer' };
    for (const { operationId, security } of described) {
      const roles: readonly Role[] = PERMISSIONS[OPERATIONS[operationId as EndpointId].access];
      const schemes = security.flatMap((one) => Object.keys(one)).filter((name) => name !== 'refresh');
      expect([operationId, schemes.length === 0]).toEqual([operationId, roles.includes('public')]);
      for (const [scheme, role] of Object.entries(needed))
        expect([operationId, scheme, schemes.includes(scheme)]).toEqual([
          operationId,
          scheme,
          roles.includes(role),
        ]);
      const isStaffs = STAFF_ROLES.some((role) => roles.includes(role));
      expect([operationId, schemes.includes('staff')]).toEqual([operationId, isStaffs]);
    }
  });

  it('documents every code a caller can meet', () => {
    const codes = new Set(described.flatMap(({ responses }) => codesIn(responses)));
    const elsewhere = ['request.not_found', 'request.method'];
    const missing = Object.keys(ERRORS).filter((code) => !codes.has(code) && !elsewhere.includes(code));
    expect(missing.filter((code) => !ONLY_INSIDE.test(code))).toEqual([]);
  });
});

function codesIn(responses: Described['responses']): string[] {
  return Object.values(responses).flatMap(
    ({ content }) => content?.['application/problem+json']?.schema.allOf?.[1].properties.code.enum ?? [],
  );
}

function asksForSecond(value: unknown): boolean {
  return (value as { code?: string }).code === 'change.needs_second';
}
