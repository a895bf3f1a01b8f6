import { hash } from 'node:crypto';

/** JSON with sorted keys and without undefined: equal inputs give equal text, whatever order they came in. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value) ?? null);
}

/** An upload counts by its bytes. */
export function inputHash(input: unknown): string {
  const isUpload = isObject(input) && input.body instanceof Uint8Array;
  return sha256(canonicalJson(isUpload ? { ...input, body: sha256(input.body as Uint8Array) } : input));
}

function sha256(content: string | Uint8Array): string {
  return hash('sha256', content, 'hex');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isObject(value) || typeof value.toJSON === 'function') return value;
  // Without a prototype `__proto__` is a key like any other.
  const inOrder: Record<string, unknown> = { __proto__: null };
  for (const key of Object.keys(value).sort()) inOrder[key] = sorted(value[key]);
  return inOrder;
}
