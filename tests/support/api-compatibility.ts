import {
  type Difference,
  everyOne,
  missing,
  resolved,
  type Schema,
  SchemaComparison,
  type Way,
  when,
} from './schema-compatibility.ts';

interface Media {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

type Content = Readonly<Record<string, Media>>;

interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Body {
  readonly required?: boolean;
  readonly content: Content;
}

interface Answer {
  readonly $ref?: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: Content;
}

interface Operation {
  readonly operationId: string;
  readonly security: readonly Readonly<Record<string, object>>[];
  readonly 'x-roles': readonly string[];
  readonly 'x-rate-limit-per-minute': number;
  readonly parameters: readonly Parameter[];
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Answer>>;
}

/** The parts of an OpenAPI document that a caller relies on. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
  };
}

/**
 * Tells where a program written for the first OpenAPI document would fail with the second. Additions are
 * harmless: endpoints, optional parameters and fields of requests, fields of answers, values of enums, codes.
 */
export function incompatibilities(before: ApiDocument, now: ApiDocument): Difference[] {
  const found = new ApiComparison(before, now).all();
  return [...new Map(found.map((one) => [`${one.at} ${one.what}`, one])).values()];
}

class ApiComparison {
  private readonly before: ApiDocument;
  private readonly now: ApiDocument;
  private readonly schemas: SchemaComparison;

  constructor(before: ApiDocument, now: ApiDocument) {
    this.before = before;
    this.now = now;
    this.schemas = new SchemaComparison(before, now);
  }

  all(): Difference[] {
    const [was, is] = [this.before.components, this.now.components];
    return [
      ...everyOne(operationsOf(this.before), operationsOf(this.now), '', (one, other, at) =>
        this.operation(one, other, at),
      ),
      ...everyOne(was.schemas, is.schemas, 'schema ', (one, other, name) =>
        this.schemas.compare(one, other, `schema ${name}`, 'answer'),
      ),
      ...everyOne(was.parameters, is.parameters, 'parameter ', (one, other, name) =>
        this.parameter(one, other, `parameter ${name}`),
      ),
    ];
  }

  private operation(was: Operation, is: Operation, at: string): Difference[] {
    const perMinute = is['x-rate-limit-per-minute'];
    const lostRoles = missing(was['x-roles'], is['x-roles']);
    return [
      ...when(was.operationId !== is.operationId, at, `is called ${is.operationId}, not ${was.operationId}`),
      ...when(!letsIn(was.security, is.security), at, 'asks for another log-in'),
      ...when(lostRoles.length > 0, at, `lets ${lostRoles.join(', ')} in no longer`),
      ...when(perMinute < was['x-rate-limit-per-minute'], at, `answers only ${perMinute} times a minute`),
      ...this.parameters(was.parameters, is.parameters, at),
      ...this.body(was.requestBody, is.requestBody, `${at} body`),
      ...everyOne(was.responses, is.responses, `${at} `, (one, other, status) =>
        this.answer(resolved(one, this.before), resolved(other, this.now), `${at} ${status}`),
      ),
    ];
  }

  private parameters(before: readonly Parameter[], now: readonly Parameter[], at: string): Difference[] {
    const [was, is] = [byName(before, this.before), byName(now, this.now)];
    return [
      ...everyOne(was, is, `${at} `, (one, other, name) => this.parameter(one, other, `${at} ${name}`)),
      ...Object.entries(is)
        .filter(([name]) => !(name in was))
        .flatMap(([name, one]) =>
          when(resolved(one, this.now).required === true, `${at} ${name}`, 'is required'),
        ),
    ];
  }

  private parameter(one: Parameter, other: Parameter, at: string): Difference[] {
    const [was, is] = [resolved(one, this.before), resolved(other, this.now)];
    const isElsewhere = was.name !== is.name || was.in !== is.in;
    return [
      ...when(isElsewhere, at, `is ${is.in} ${is.name}, not ${was.in} ${was.name}`),
      ...when(is.required === true && was.required !== true, at, 'is required'),
      ...this.schemas.compare(was.schema, is.schema, at, 'request'),
    ];
  }

  private body(was: Body | undefined, is: Body | undefined, at: string): Difference[] {
    if (was === undefined) return when(is?.required === true, at, 'is required');
    if (is === undefined) return [{ at, what: 'is gone' }];
    return [
      ...when(is.required === true && was.required !== true, at, 'is required'),
      ...this.content(was.content, is.content, at, 'request'),
    ];
  }

  private answer(was: Answer, is: Answer, at: string): Difference[] {
    return [
      ...everyOne(was.headers ?? {}, is.headers ?? {}, `${at} header `, () => []),
      ...this.content(was.content ?? {}, is.content ?? {}, at, 'answer'),
    ];
  }

  private content(was: Content, is: Content, at: string, way: Way): Difference[] {
    return everyOne(was, is, `${at} `, (one, other) =>
      this.schemas.compare(one.schema, other.schema, at, way),
    );
  }
}

/** The operations by method and path, such as `POST /session`. */
function operationsOf({ paths }: ApiDocument): Record<string, Operation> {
  return Object.fromEntries(
    Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => [`${method.toUpperCase()} ${path}`, operation]),
    ),
  );
}

/** The parameters by place and name, such as `query limit`. */
function byName(parameters: readonly Parameter[], document: ApiDocument): Record<string, Parameter> {
  return Object.fromEntries(
    parameters.map((one) => {
      const { in: place, name } = resolved(one, document);
      return [`${place} ${name}`, one];
    }),
  );
}

/** Whether every old way to authenticate is still accepted. */
function letsIn(was: Operation['security'], is: Operation['security']): boolean {
  if (was.length === 0 || is.length === 0) return is.length === 0;
  return was.every((has) => is.some((needs) => missing(Object.keys(needs), Object.keys(has)).length === 0));
}
