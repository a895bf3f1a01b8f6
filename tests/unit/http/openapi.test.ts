import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../server/http/openapi.ts';
import { openApiExamples } from '../../../server/http/openapi-examples.ts';
import { ENDPOINTS, type EndpointId } from '../../../shared/contract/endpoints.ts';
import { OPERATIONS } from '../../../shared/contract/index.ts';
import type { Operation } from '../../../shared/contract/define.ts';

interface Described {
  operationId: string;
  security: object[];
  parameters?: { $ref?: string; name?: string; in?: string }[];
  responses: Record<
    string,
    {
      content: Record<string, { schema: { allOf?: [object, { properties: { code: { enum: string[] } } }] } }>;
    }
  >;
}

const document = JSON.parse(JSON.stringify(openApiDocument('1.2.3'))) as {
  openapi: string;
  paths: Record<string, Record<string, Described>>;
};
const described = Object.values(document.paths).flatMap((path) => Object.values(path));

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
      const codes = Object.values(responses).flatMap(
        ({ content }) => content['application/problem+json']?.schema.allOf?.[1].properties.code.enum ?? [],
      );
      for (const code of operation.errors) expect(codes).toContain(code);
      const isWrite = !ENDPOINTS[operationId as EndpointId].startsWith('GET');
      const hasKey = parameters.some(({ $ref }) => $ref === '#/components/parameters/IdempotencyKey');
      expect(hasKey).toBe(isWrite && operation.idempotent !== false);
      expect(codes.includes('auth.required')).toBe(security.length > 0);
    }
  });

  it('shows examples that the server would accept', () => {
    for (const [id, example] of Object.entries(openApiExamples)) {
      const operation: Operation = OPERATIONS[id as EndpointId];
      expect(operation.body?.safeParse(example).error).toBeUndefined();
    }
  });
});
