/** A line of the log as CloudWatch Logs Insights sees it: the fields of its JSON. */
export type LogLine = Readonly<Record<string, unknown>>;

/** The lines that a query chooses, in the part of the language that ours use. Throws for what it does not know. */
export function answerOf(query: string, lines: readonly LogLine[]): readonly LogLine[] {
  return commandsOf(query, 'filter').reduce((left, condition) => left.filter((line) => holds(condition, line)), lines);
}

/** The fields that a query names, without those that it or CloudWatch makes. */
export function fieldsOf(query: string): readonly string[] {
  const shown = commandsOf(query, 'fields').flatMap((list) => list.split(/,\s*/));
  const grouped = commandsOf(query, 'stats').flatMap((text) => (/ by (.+)$/.exec(text)?.[1] ?? '').split(/,\s*/));
  const filtered = commandsOf(query, 'filter').flatMap((text) =>
    text.split(' or ').map((one) => /^[@\w]+/.exec(one)?.[0] ?? ''),
  );
  const made = new Set(commandsOf(query, 'stats').map((text) => / as (\w+)/.exec(text)?.[1]));
  const sorted = commandsOf(query, 'sort').map((text) => text.split(' ')[0] ?? '');
  const named = [...shown, ...grouped, ...filtered, ...sorted].filter((name) => name !== '' && !made.has(name));
  return [...new Set(named)].filter((name) => !name.startsWith('@'));
}

const COMMANDS = new Set(['fields', 'filter', 'stats', 'sort', 'limit']);

function commandsOf(query: string, wanted: string): readonly string[] {
  return query.split('\n| ').flatMap((line) => {
    const [command = ''] = line.split(' ');
    if (!COMMANDS.has(command)) throw new Error(`not a command that this test can read: ${line}`);
    return command === wanted ? [line.slice(command.length + 1)] : [];
  });
}

function holds(condition: string, line: LogLine): boolean {
  return condition.split(' or ').some((one) => {
    const match = /^([@\w]+) (=|in|like) (.+)$/.exec(one);
    if (match === null) throw new Error(`not a condition that this test can read: ${one}`);
    const [, field = '', operator, literal = ''] = match;
    const value = field === '@message' ? JSON.stringify(line) : line[field];
    if (value === undefined) return false;
    const wanted: unknown = JSON.parse(literal);
    if (operator === 'in') return (wanted as readonly unknown[]).includes(value);
    return operator === '=' ? value === wanted : JSON.stringify(value).includes(String(wanted));
  });
}
