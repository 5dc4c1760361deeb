/** A schema of zod's, as far as we look into one. */
export interface Schema {
  readonly def: object;
}

/** What we read of a schema's definition; which of it is there depends on the kind of schema. */
interface Definition {
  readonly type?: string;
  readonly innerType?: Schema;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly element?: Schema;
  readonly valueType?: Schema;
  readonly options?: readonly Schema[];
}

/** Of the schema itself, where it is wrapped as an optional one. */
function definitionOf(schema: Schema): Definition {
  const definition: Definition = schema.def;
  return definition.innerType === undefined ? definition : definitionOf(definition.innerType);
}

/** The schema of what stands at a path below. */
export function partOf(schema: Schema | undefined, path: readonly PropertyKey[]): Schema | undefined {
  const [first, ...rest] = path;
  if (schema === undefined || first === undefined) return schema;
  const { shape, element, valueType } = definitionOf(schema);
  return partOf(shape?.[String(first)] ?? element ?? valueType, rest);
}

/** One of the shapes that a value may have. */
export function branchOf(schema: Schema | undefined, index: number): Schema | undefined {
  return schema === undefined ? undefined : definitionOf(schema).options?.[index];
}

/** Of a mapping. */
export function keysOf(schema: Schema | undefined): readonly string[] {
  return schema === undefined ? [] : Object.keys(definitionOf(schema).shape ?? {});
}

/** Those that a mapping cannot do without. */
export function requiredKeysOf(schema: Schema | undefined): readonly string[] {
  const { shape = {} } = schema === undefined ? {} : definitionOf(schema);
  return Object.entries(shape).flatMap(([key, { def }]) => ((def as Definition).type === 'optional' ? [] : [key]));
}
