/** A worked example in the head of a sedfile. */
export interface SedfileExample {
  readonly variables: Readonly<Record<string, string>>;
  readonly input: string;
  readonly output: string;
}

/**
 * The examples in a sedfile's comments. `# with NAME=value NAME=value` sets the variables of what follows; lines of `# < `
 * are an input, the lines of `# > ` behind them its output.
 */
export function examplesIn(text: string): SedfileExample[] {
  let variables: Record<string, string> = {};
  const examples: { variables: Record<string, string>; input: string[]; output: string[] }[] = [];
  let previous = '';
  for (const line of text.split('\n')) {
    const [, mark = '', rest = ''] = /^# (with|<|>) (.*)$/.exec(line) ?? [];
    if (mark === 'with') variables = Object.fromEntries(rest.split(' ').map((pair) => pair.split('=', 2)));
    if (mark === '<' && previous !== '<') examples.push({ variables, input: [], output: [] });
    if (mark === '<') examples.at(-1)?.input.push(rest);
    if (mark === '>') examples.at(-1)?.output.push(rest);
    previous = mark;
  }
  return examples.map(({ variables, input, output }) => ({
    variables,
    input: input.join('\n'),
    output: output.join('\n'),
  }));
}

/** The first sentence of a sedfile's comment, on its first line. */
export function purposeOf(text: string): string {
  return /^# (.*?\.)(?: |$)/m.exec(text.split('\n\n')[0]?.replaceAll('\n# ', ' ') ?? '')?.[1] ?? '';
}
