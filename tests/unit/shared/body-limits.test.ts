import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { bodyBytesMax, type Operation } from '../../../shared/operation.ts';
import { OPERATIONS } from '../../../shared/contract.ts';
import { PERMISSIONS } from '../../../shared/permissions.ts';

type Schema = z.core.JSONSchema.BaseSchema;

const KB = 1024;
/** Ids are made by us, and shorter than they may be. */
const ID = 36;
/** The contract sets no end here; people's writing has one. */
const ENDLESS = { text: 100, list: 60 };
/** Longer than any village needs: a decision on every household at once with the longest of marks, or so many corrections. */
const BOUNDED_BY_BYTES = new Set(['proposals.decide', 'imports.correct', 'imports.correctScores']);

const operations = Object.entries(OPERATIONS) as [string, Operation][];
const withBody = operations.flatMap(([id, operation]) => (operation.body ? [{ id, operation }] : []));

/** How many bytes the longest JSON has that fits. */
function longest(schema: Schema): number {
  const of = (inner: unknown) => longest(inner as Schema);
  const { const: only, enum: values, anyOf, oneOf, type, items, properties, maxItems, maxLength } = schema;
  if (only !== undefined || values) return Math.max(...(values ?? [only]).map(bytesOf));
  const choices = anyOf ?? oneOf;
  if (choices) return Math.max(...choices.map(of));
  if (type === 'object')
    return Object.entries(properties ?? {}).reduce(
      (sum, [name, inner]) => sum + bytesOf(name) + 2 + of(inner),
      2,
    );
  if (type === 'array') return 2 + (maxItems ?? ENDLESS.list) * (1 + of(items));
  if (type === 'string') return 2 + (plainLength(schema) ?? 3 * (maxLength ?? ENDLESS.text));
  return bytesOf(Number.MIN_SAFE_INTEGER);
}

/** The length of an id, or of so many digits or letters. */
function plainLength({ pattern = '' }: Schema): number | undefined {
  if (pattern === '^[A-Za-z0-9_-]+$') return ID;
  const [, signs] = /^\^(?:\\d|\[[\w-]+\])\{(\d+)\}\$$/.exec(pattern) ?? [];
  return signs === undefined ? undefined : Number(signs);
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

describe('the bodies an operation takes', () => {
  it.each(withBody.filter(({ id }) => !BOUNDED_BY_BYTES.has(id)))(
    '$id: may be as long as its contract allows',
    ({ operation }) => {
      const schema = z.toJSONSchema(operation.body ?? z.unknown(), { io: 'input', unrepresentable: 'any' });
      expect(longest(schema)).toBeLessThanOrEqual(bodyBytesMax(operation));
    },
  );

  it('are short where anybody may send them', () => {
    const isPublic = ({ access }: Operation) => (PERMISSIONS[access] as readonly string[]).includes('public');
    const open = operations.filter(([, operation]) => isPublic(operation));
    expect(open.length).toBeGreaterThan(5);
    for (const [id, operation] of open) {
      expect([id, bodyBytesMax(operation)]).toEqual([id, 4 * KB]);
      expect([id, operation.bodyType]).toEqual([id, undefined]);
    }
  });
});
