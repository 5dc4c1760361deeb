export function isRecord(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}

/** What stands at a path of keys and positions; undefined where nothing does. */
export function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce(
    (value, part) => (isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined),
    document,
  );
}
