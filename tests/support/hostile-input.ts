/** Makes bad requests out of a good one and the contract's schemas. */
import fc from 'fast-check';
import { oddHeaders, STRINGS, TYPES, WRONG } from './hostile-values.ts';
import type { LooseSent } from './server.ts';

/** A request to send. Fields that are left out are taken from the good request. */
export interface Attempt {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: readonly (readonly [string, string])[];
  /** The body's bytes as latin1, if they are no JSON. */
  readonly raw?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  /** The fraction of the announced body after which the caller closes the connection. */
  readonly cutAt?: number;
}

export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
}

/** Attempts on one operation: some change a part of a good request, others are made up. */
export function attempts(
  sample: LooseSent,
  bodySchema: Schema | null,
  queryNames: readonly string[],
): fc.Arbitrary<Attempt> {
  const params = Object.keys(sample.params ?? {});
  const kinds: fc.Arbitrary<Attempt>[] = [fc.record({ headers: oddHeaders() })];
  if (params.length > 0)
    kinds.push(
      fc
        .tuple(fc.constantFrom(...params), inAddress())
        .map(([name, value]) => ({ params: { [name]: value } })),
    );
  if (queryNames.length > 0)
    kinds.push(
      fc
        .array(fc.tuple(fc.constantFrom(...queryNames, 'unknown', '__proto__'), inAddress()), {
          minLength: 1,
          maxLength: 4,
        })
        .map((query) => ({ query })),
    );
  if (bodySchema) {
    const bent = bend(sample.body ?? {}).map((body) => ({ body }));
    const madeUp = fromSchema(bodySchema, known(sample.body)).map((body) => ({ body }));
    kinds.push(
      bent,
      bent,
      bent,
      madeUp,
      madeUp,
      oddBytes(JSON.stringify(sample.body ?? {})).map((raw) => ({ raw })),
    );
  } else if (sample.body instanceof Uint8Array) {
    const good = Buffer.from(sample.body).toString('latin1');
    kinds.push(
      oddBytes(good).map((raw) => ({ raw })),
      oddBytes(good).map((raw) => ({ raw })),
    );
  }
  if (sample.body !== undefined) {
    kinds.push(fc.constantFrom(...TYPES).map((type) => ({ headers: { 'Content-Type': type } })));
    kinds.push(fc.double({ min: 0, max: 0.9, noNaN: true }).map((cutAt) => ({ cutAt })));
  }
  return fc.oneof(...kinds);
}

/** Values for the path: a lone surrogate cannot be encoded, and an empty part would be another path. */
function inAddress(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constantFrom(...STRINGS.filter((text) => text !== '' && text.isWellFormed())),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }),
    fc.integer().map(String),
    fc.double().map(String),
  );
}

/** Bytes that are close to the good ones, or quite different. */
function oddBytes(good: string): fc.Arbitrary<string> {
  const whole = Buffer.from(good).toString('latin1');
  return fc.oneof(
    fc.nat(whole.length).map((end) => whole.slice(0, end)),
    fc.tuple(fc.nat(whole.length), fc.uint8Array({ minLength: 1, maxLength: 8 })).map(([at, bytes]) => {
      return whole.slice(0, at) + Buffer.from(bytes).toString('latin1') + whole.slice(at);
    }),
    fc.constantFrom(
      'null',
      '[]',
      '"text"',
      '7',
      '{"a":',
      '{"a":1}}',
      '\u0000',
      ' '.repeat(300_000),
      '\xef\xbb\xbf{}',
    ),
    fc.constantFrom(
      '\xff\xfe{\u0000}\u0000',
      '{"a":"\xc3\x28"}',
      '{"a":"\xed\xa0\x80"}',
      '{"a":1,"a":2}',
      '[['.repeat(20_000),
    ),
    fc.constant(whole.replace('{', '{"__proto__":{"roles":["admin"]},"constructor":{"prototype":{"x":1}},')),
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  );
}

/** A good value with one to three places changed, removed or added. */
function bend(value: unknown): fc.Arbitrary<unknown> {
  const places = placesIn(value);
  const change = fc.tuple(
    fc.nat(places.length - 1),
    fc.constantFrom('put', 'put', 'put', 'drop', 'more', 'wrap'),
    anything(),
  );
  return fc
    .array(change, { minLength: 1, maxLength: 3 })
    .map((changes) =>
      changes.reduce<unknown>(
        (bent, [place, how, other]) => changed(bent, places[place] ?? [], how, other),
        value,
      ),
    );
}

function changed(value: unknown, [step, ...rest]: readonly string[], how: string, other: unknown): unknown {
  if (step === undefined) {
    if (how === 'wrap') return [value];
    if (how !== 'more' || typeof value !== 'object' || value === null) return other;
    return Array.isArray(value)
      ? [...(value as unknown[]), other, other]
      : { ...value, unknown: other, constructor: other };
  }
  if (typeof value !== 'object' || value === null) return value;
  const inner = (value as Record<string, unknown>)[step];
  if (Array.isArray(value))
    return value.map((one: unknown, index) =>
      String(index) === step ? changed(one, rest, how, other) : one,
    );
  if (how === 'drop' && rest.length === 0)
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== step));
  return { ...value, [step]: changed(inner, rest, how, other) };
}

function placesIn(value: unknown, path: readonly string[] = []): string[][] {
  const here = [Array.from(path)];
  if (typeof value !== 'object' || value === null) return here;
  return [...here, ...Object.entries(value).flatMap(([name, inner]) => placesIn(inner, [...path, name]))];
}

function anything(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.constantFrom(...WRONG),
    fc.constantFrom(...STRINGS),
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc.integer(),
    fc.maxSafeInteger(),
    fc.nat(2000).map(nested),
    fc.jsonValue({ maxDepth: 3 }),
  );
}

/** The strings of a good request. Existing ids reach more code than made-up ones. */
function known(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(known) : [];
}

/** A value of the schema's shape, with values at its limits. */
function fromSchema(schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => fromSchema(one, ids)));
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? []);
  const made = types.map((type) => ofType(type, schema, ids));
  return made.length === 0 ? anything() : fc.oneof(...made);
}

function ofType(type: string, schema: Schema, ids: readonly string[]): fc.Arbitrary<unknown> {
  const { minimum = -(10 ** 12), maximum = 10 ** 12, maxLength = 60 } = schema;
  if (type === 'null') return fc.constant(null);
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer' || type === 'number')
    return fc.oneof(
      fc.constantFrom(minimum, maximum, minimum - 1, maximum + 1, 0, -0, 1, 100),
      fc.integer({ min: -5, max: 5000 }),
    );
  if (type === 'array') return fc.array(fromSchema(schema.items ?? {}, ids), { maxLength: 4 });
  if (type === 'object') {
    const fields = Object.entries(schema.properties ?? {}).map(
      ([name, inner]) => [name, fromSchema(inner, ids)] as const,
    );
    const required = Object.fromEntries(fields);
    return fc.record(required, { requiredKeys: Array.from(schema.required ?? []) });
  }
  if (schema.format === 'date')
    return fc.constantFrom('2026-01-31', '2026-02-30', '0001-01-01', '9999-12-31', '2026-1-1');
  return fc.oneof(
    ...(ids.length > 0 ? [fc.constantFrom(...ids)] : []),
    fc.constantFrom(...STRINGS),
    fc.string({ unit: 'grapheme', maxLength: Math.min(maxLength, 60) }),
    fc.constantFrom('x'.repeat(maxLength), '王'.repeat(maxLength), 'x'.repeat(maxLength + 1)),
  );
}

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}
