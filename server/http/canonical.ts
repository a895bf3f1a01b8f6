import { createHash } from 'node:crypto';

/** JSON with sorted keys and without undefined: equal inputs give equal text, whatever order they came in. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value ?? null, (_, inner: unknown) => (isPlainObject(inner) ? sorted(inner) : inner));
}

/** An upload counts by its bytes. */
export function inputHash(input: unknown): string {
  const isUpload = isPlainObject(input) && input.body instanceof Uint8Array;
  return sha256(canonicalJson(isUpload ? { ...input, body: sha256(input.body as Uint8Array) } : input));
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sorted(object: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).sort(([a], [b]) => (a < b ? -1 : 1)));
}
