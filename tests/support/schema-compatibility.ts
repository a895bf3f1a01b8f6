import { isDeepStrictEqual } from 'node:util';

/** A place where a program written for the first description would fail with the second. */
export interface Difference {
  /** For people: `POST /session body.username`, `GET /goods 200.items[].price`. */
  readonly at: string;
  readonly what: string;
}

export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly [keyword: string]: unknown;
}

/** A request must still be taken; an answer must still be understood. */
export type Way = 'request' | 'answer';

const MINIMA = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems'];
const MAXIMA = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems'];
const WORDS = ['description', 'title', 'examples'];
/** The comparison knows what these mean to callers. Any other keyword must stay as it was. */
const UNDERSTOOD = new Set([
  ...['type', 'enum', 'const', 'default', 'pattern', 'items', 'allOf'],
  ...['properties', 'required', 'additionalProperties', ...WORDS, ...MINIMA, ...MAXIMA],
]);

/** Compares JSON schemas of two documents, following their references. */
export class SchemaComparison {
  private readonly before: object;
  private readonly now: object;

  constructor(before: object, now: object) {
    this.before = before;
    this.now = now;
  }

  compare(one: Schema, other: Schema, at: string, way: Way): Difference[] {
    if (isDeepStrictEqual(one, other)) return [];
    const was = alternatives(one, this.before);
    const is = alternatives(other, this.now);
    if (was.some(allowsAll) || is.some(allowsAll)) {
      const isWorse = way === 'request' ? !is.some(allowsAll) : !was.some(allowsAll);
      return when(isWorse, at, way === 'request' ? 'no longer takes everything' : 'may be anything');
    }
    const compared = was.map((old) => is.map((now) => this.alternative(old, now, at, way)));
    const known = was.flatMap((old, row) =>
      closest(compared[row] ?? [], { at, what: `is ${typesOf(is)}, not ${typesOf([old])}` }),
    );
    if (way === 'request') return known;
    const given = is.flatMap((now, column) =>
      closest(
        compared.map((row) => row[column] ?? null),
        { at, what: `is ${typesOf([now])}, not ${typesOf(was)}` },
      ),
    );
    return [...known, ...given];
  }

  /** Compares two schemas of one type each; null where the types do not fit. */
  private alternative(was: Schema, is: Schema, at: string, way: Way): Difference[] | null {
    const [wide, narrow] = way === 'request' ? [is, was] : [was, is];
    if (wide.type !== narrow.type && !(wide.type === 'number' && narrow.type === 'integer')) return null;
    const keywords = [...new Set([...Object.keys(was), ...Object.keys(is)])];
    return [
      ...values(was, is, at, way),
      ...(way === 'request' ? limits(was, is, at) : []),
      ...this.fields(was, is, at, way),
      ...this.parts(was, is, at, way),
      ...keywords
        .filter((name) => !UNDERSTOOD.has(name) && !name.startsWith('x-'))
        .flatMap((name) => unequal(was, is, name, at)),
    ];
  }

  private fields(was: Schema, is: Schema, at: string, way: Way): Difference[] {
    const [strict, loose] = way === 'request' ? [is, was] : [was, is];
    const changed = missing(strict.required ?? [], loose.required ?? []);
    const what = way === 'request' ? 'is required' : 'may be missing';
    return [
      ...everyOne(was.properties ?? {}, is.properties ?? {}, `${at}.`, (one, other, name) =>
        this.compare(one, other, `${at}.${name}`, way),
      ),
      ...changed
        .filter((name) => is.properties?.[name] !== undefined)
        .map((name) => ({ at: `${at}.${name}`, what })),
    ];
  }

  /** Compares the items of lists, the fields without a name, and the members of `allOf`. */
  private parts(was: Schema, is: Schema, at: string, way: Way): Difference[] {
    const [others, othersNow] = [was.additionalProperties ?? {}, is.additionalProperties ?? {}];
    const isClosed = way === 'request' && others !== false && othersNow === false;
    const areOpen = others !== false && othersNow !== false;
    const members = Array.from({ length: Math.max(was.allOf?.length ?? 0, is.allOf?.length ?? 0) });
    return [
      ...when(isClosed, at, 'takes no other fields'),
      ...(areOpen ? this.compare(asSchema(others), asSchema(othersNow), `${at}.*`, way) : []),
      ...this.compare(was.items ?? {}, is.items ?? {}, `${at}[]`, way),
      ...members.flatMap((_, index) =>
        this.compare(was.allOf?.[index] ?? {}, is.allOf?.[index] ?? {}, at, way),
      ),
    ];
  }
}

/** Compares what two documents have under the same names; a name that the second has not is gone. */
export function everyOne<T>(
  was: Readonly<Record<string, T>>,
  is: Readonly<Record<string, T>>,
  place: string,
  compare: (one: T, other: T, name: string) => Difference[],
): Difference[] {
  return Object.entries(was).flatMap(([name, one]) => {
    const other = is[name];
    if (other === undefined) return [{ at: place + name, what: 'is gone' }];
    return isDeepStrictEqual(one, other) ? [] : compare(one, other, name);
  });
}

/** Follows a reference within the document, `#/components/schemas/Problem`. */
export function resolved<T extends { readonly $ref?: string }>(one: T, document: object): T {
  if (one.$ref === undefined) return one;
  const names = one.$ref.split('/').slice(1);
  const found = names.reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], document);
  return resolved(found as T, document);
}

export function missing<T>(wanted: readonly T[], there: readonly T[]): T[] {
  return wanted.filter((one) => !there.includes(one));
}

export function when(holds: boolean, at: string, what: string): Difference[] {
  return holds ? [{ at, what }] : [];
}

/** The schemas of one type each that a schema stands for: the members of a union, or one for each of its types. */
function alternatives(schema: Schema, document: object): Schema[] {
  const { oneOf, anyOf, ...rest } = resolved(schema, document);
  const united = oneOf ?? anyOf;
  if (united !== undefined)
    return united.flatMap((one) => alternatives(one, document)).map((one) => ({ ...rest, ...one }));
  if (!Array.isArray(rest.type)) return [rest];
  return rest.type.map((type: string) => (type === 'null' ? { type } : { ...rest, type }));
}

function closest(compared: readonly (Difference[] | null)[], otherwise: Difference): Difference[] {
  const fitting = compared.filter((one) => one !== null).sort((a, b) => a.length - b.length);
  return fitting[0] ?? [otherwise];
}

function typesOf(schemas: readonly Schema[]): string {
  return [...new Set(schemas.map(({ type }) => String(type)))].join(' or ');
}

function values(was: Schema, is: Schema, at: string, way: Way): Difference[] {
  const listed = (schema: Schema) => (schema.const === undefined ? schema.enum : [schema.const]);
  const [before, now] = [listed(was), listed(is)];
  if (before === undefined || now === undefined) {
    const isWorse = way === 'request' ? now !== undefined : before !== undefined;
    return when(isWorse, at, now === undefined ? 'may have any value' : `takes only ${now.join(', ')}`);
  }
  const lost = missing(before, now);
  return when(lost.length > 0, at, `is no longer ${lost.join(', ')}`);
}

function limits(was: Schema, is: Schema, at: string): Difference[] {
  const tighter = (names: readonly string[], sign: 1 | -1) =>
    names
      .filter((name) => typeof is[name] === 'number')
      .filter((name) => was[name] === undefined || sign * (Number(is[name]) - Number(was[name])) > 0)
      .flatMap((name) => unequal(was, is, name, at));
  return [
    ...tighter(MINIMA, 1),
    ...tighter(MAXIMA, -1),
    ...(is.pattern === undefined ? [] : unequal(was, is, 'pattern', at)),
    ...unequal(was, is, 'default', at),
  ];
}

function unequal(was: Schema, is: Schema, name: string, at: string): Difference[] {
  const [before, now] = [was, is].map((one) => (name in one ? JSON.stringify(one[name]) : 'none'));
  return when(before !== now, at, `has ${name} ${String(now)}, not ${String(before)}`);
}

function allowsAll(schema: Schema): boolean {
  return Object.keys(schema).every((name) => WORDS.includes(name));
}

function asSchema(schema: boolean | Schema): Schema {
  return typeof schema === 'boolean' ? {} : schema;
}
