import type { Request } from 'express';
import type { z } from 'zod';
import type { Operation } from '../../shared/operation.ts';
import type { Endpoint } from './kernel-options.ts';
import { InvalidInput } from './problems.ts';

type Issue = z.core.$ZodIssue;

/** Parses the request's parts by the contract, and reports everything that does not fit at once. */
export function validate({ operation }: Endpoint, { params, query }: Request, body: unknown): unknown {
  return validateInput(operation, { params, query, body });
}

/** Does the same with the parts of an input that did not come by a request of its own. */
export function validateInput(
  operation: Operation,
  given: { readonly params?: unknown; readonly query?: unknown; readonly body?: unknown },
): unknown {
  const issues: Issue[] = [];
  const parse = (name: string, schema: z.ZodType | undefined, value: unknown): unknown => {
    if (!schema) return undefined;
    const parsed = schema.safeParse(value);
    const found = parsed.success ? unstorable(parsed.data, []) : parsed.error.issues;
    issues.push(...found.map((issue) => ({ ...issue, path: [name, ...issue.path] })));
    return parsed.data;
  };
  const input = {
    params: parse('params', operation.params, given.params),
    query: parse('query', operation.query, given.query),
    body: operation.bodyType === undefined ? parse('body', operation.body, given.body) : given.body,
  };
  if (issues.length > 0) throw new InvalidInput(issues);
  return input;
}

/** Nearly every input is storable, so no place in it is noted before something is found. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  if (Array.isArray(value)) return value.every(isStorable);
  for (const name of Object.keys(value)) if (!isStorable((value as Values)[name])) return false;
  return true;
}

type Values = Readonly<Record<string, unknown>>;

/** Finds text that PostgreSQL cannot store: a zero character, or half of a surrogate pair. */
function unstorable(value: unknown, path: PropertyKey[]): Issue[] {
  if (isStorable(value)) return [];
  if (typeof value === 'string') return [{ code: 'invalid_format', format: 'unicode', path, message: '' }];
  return Object.entries(value as Values).flatMap(([name, inner]) => unstorable(inner, [...path, name]));
}
