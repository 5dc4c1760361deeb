/** A metric as CloudWatch would keep it: a value and how often it was seen. */
export interface Kept {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly at: number;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
}

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
}

/**
 * Reads a line of the log as the embedded metric format's specification says, and is as strict: limits, and targets that
 * are members of the root.
 */
export function readEmf(line: string): Kept[] {
  if (Buffer.byteLength(line) > 1_048_576) throw new Error('a record has at most 1 MB');
  const root = JSON.parse(line) as Record<string, unknown>;
  const { Timestamp: at, CloudWatchMetrics } = root['_aws'] as { Timestamp: number; CloudWatchMetrics: Directive[] };
  return CloudWatchMetrics.flatMap(({ Namespace: namespace, Dimensions, Metrics }) => {
    if (Metrics.length > 100) throw new Error('a directive has at most 100 metrics');
    return Metrics.flatMap(({ Name: name, Unit: unit }) =>
      Dimensions.flatMap((names) => {
        if (names.length > 30) throw new Error('a set has at most 30 dimensions');
        const dimensions = Object.fromEntries(names.map((dimension) => [dimension, textIn(root, dimension)]));
        return valuesIn(root, name).map((value) => ({ namespace, name, unit, at, dimensions, value }));
      }),
    );
  });
}

function textIn(root: Record<string, unknown>, name: string): string {
  const value = root[name];
  if (typeof value !== 'string' || value.length > 1_024)
    throw new Error(`${name} is a text of at most 1,024 characters`);
  return value;
}

function valuesIn(root: Record<string, unknown>, name: string): number[] {
  const values = [root[name]].flat();
  if (values.length === 0 || values.length > 100) throw new Error(`${name} has 1 to 100 values`);
  return values.map((value) => {
    if (typeof value !== 'number' || !Number.isFinite(value)) throw new Error(`${name} is a number`);
    return value;
  });
}
