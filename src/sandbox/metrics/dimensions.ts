/** `[{ Name, Value }]` of a request as a record. */
export function readDimensions(list: unknown): Readonly<Record<string, string>> {
  const pairs = (list as { Name: string; Value: string }[] | undefined) ?? [];
  return Object.fromEntries(pairs.map(({ Name, Value }) => [Name, Value]));
}

/** The same for every order of the dimensions: what makes two data points one metric. */
export function dimensionKey(dimensions: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1)));
}
