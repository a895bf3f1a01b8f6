/** A JSON Schema as the contract yields it. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly default?: unknown;
  readonly description?: string;
  readonly additionalProperties?: boolean | Schema;
}

/** One field as a line of a table: `lines[].goodsId`. */
export interface Row {
  readonly name: string;
  readonly schema: Schema;
  readonly required: boolean;
  readonly nullable: boolean;
  readonly isList: boolean;
}

/** The ways a body may look: one list of fields for each. */
export function variantsOf(schema: Schema): Row[][] {
  const choices = (schema.anyOf ?? schema.oneOf ?? [schema]).filter((one) => one.type !== 'null');
  return choices.map((choice) => rowsOf(choice, ''));
}

function rowsOf(schema: Schema, prefix: string): Row[] {
  const whole = merged(schema);
  return Object.entries(whole.properties ?? {}).flatMap(([name, field]) => {
    const { schema: plain, nullable } = withoutNull(field);
    const path = `${prefix}${name}`;
    const isList = plain.type === 'array';
    const inner = isList ? withoutNull(plain.items ?? {}).schema : plain;
    const row = { name: isList ? `${path}[]` : path, schema: describedBy(inner, field), nullable, isList };
    return [
      { ...row, required: whole.required?.includes(name) === true },
      ...innerRows(inner, isList ? `${path}[].` : `${path}.`),
    ];
  });
}

/** Fields inside; of several ways to look, those of each that has any. */
function innerRows(schema: Schema, prefix: string): Row[] {
  const seen = new Set<string>();
  return (schema.anyOf ?? schema.oneOf ?? [schema])
    .flatMap((choice) => rowsOf(choice, prefix))
    .filter(({ name }) => !seen.has(name) && seen.add(name));
}

function merged(schema: Schema): Schema {
  if (!schema.allOf) return schema;
  const parts = [schema, ...schema.allOf.map(merged)];
  return {
    properties: Object.assign({}, ...parts.map(({ properties }) => properties ?? {})) as Record<
      string,
      Schema
    >,
    required: parts.flatMap(({ required }) => required ?? []),
  };
}

function withoutNull(schema: Schema): { schema: Schema; nullable: boolean } {
  if (Array.isArray(schema.type) && schema.type.includes('null')) {
    const type = (schema.type as readonly string[]).find((one) => one !== 'null');
    return { schema: { ...schema, ...(type === undefined ? {} : { type }) }, nullable: true };
  }
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices?.some(({ type }) => type === 'null') !== true) return { schema, nullable: false };
  const others = choices.filter(({ type }) => type !== 'null');
  const [only] = others;
  return {
    schema: others.length === 1 && only ? describedBy(only, schema) : { ...schema, anyOf: others },
    nullable: true,
  };
}

function describedBy(schema: Schema, outer: Schema): Schema {
  const description = outer.description ?? schema.description;
  return {
    ...schema,
    ...(description === undefined ? {} : { description }),
    ...('default' in outer ? { default: outer.default } : {}),
  };
}
