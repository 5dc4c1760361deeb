/** Values by the start of their period, epoch milliseconds. */
export type Series = ReadonlyMap<number, number>;

/** What an expression may stand for: a number, or a value per period; undefined where there is none. */
type Term = (at: number) => number | undefined;

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z]\w*)|([-+*/(),<>]))/y;
const OPERATIONS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '>': (a, b) => (a > b ? 1 : 0),
  '<': (a, b) => (a < b ? 1 : 0),
};
/** The weakest first. */
const LEVELS = [
  ['>', '<'],
  ['+', '-'],
  ['*', '/'],
] as const;

/**
 * Metric math as far as our dashboard uses it (CloudWatch user guide, using-metric-math): numbers, ids, `+ - * / < >`, FILL and
 * IF. Where a part has no value the whole has none. Throws for anything else.
 */
export function evaluated(expression: string, ids: ReadonlyMap<string, Series>, times: readonly number[]): Series {
  const tokens = tokensOf(expression);
  const term = comparison(tokens, ids, 0);
  if (tokens.length > 0) throw new Error(`metric math that is not known here: ${expression}`);
  return new Map(
    times.flatMap((at) => {
      const value = term(at);
      return value === undefined || !Number.isFinite(value) ? [] : [[at, value] as const];
    }),
  );
}

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(expression); match !== null; match = TOKEN.exec(expression)) tokens.push(match[0].trim());
  if (tokens.join('') !== expression.replaceAll(/\s/g, ''))
    throw new Error(`metric math that cannot be read: ${expression}`);
  return tokens;
}

function comparison(tokens: string[], ids: ReadonlyMap<string, Series>, level: number): Term {
  const operators: readonly string[] | undefined = LEVELS[level];
  if (operators === undefined) return primary(tokens, ids);
  let left = comparison(tokens, ids, level + 1);
  while (operators.includes(tokens[0] ?? '')) {
    const operation = OPERATIONS[tokens.shift() ?? ''];
    const [a, b] = [left, comparison(tokens, ids, level + 1)];
    left = (at) => {
      const [x, y] = [a(at), b(at)];
      return x === undefined || y === undefined ? undefined : operation?.(x, y);
    };
  }
  return left;
}

function primary(tokens: string[], ids: ReadonlyMap<string, Series>): Term {
  const token = tokens.shift() ?? '';
  if (/^\d/.test(token)) return () => Number(token);
  if (token === '(') return closing(tokens, comparison(tokens, ids, 0));
  if (token === 'FILL' || token === 'IF') {
    take(tokens, '(');
    const parts = [comparison(tokens, ids, 0)];
    while (tokens[0] === ',') {
      tokens.shift();
      parts.push(comparison(tokens, ids, 0));
    }
    const [first, second, third] = parts;
    const none: Term = () => undefined;
    const [a, b, c] = [first ?? none, second ?? none, third ?? none];
    return closing(
      tokens,
      token === 'FILL'
        ? (at) => a(at) ?? b(at)
        : (at) =>
            chosen(
              a(at),
              () => b(at),
              () => c(at),
            ),
    );
  }
  const series = ids.get(token);
  if (series === undefined) throw new Error(`metric math names ${token}, which is no metric beside it`);
  return (at) => series.get(at);
}

function chosen<T>(condition: number | undefined, yes: () => T, no: () => T): T | undefined {
  if (condition === undefined) return undefined;
  return condition === 0 ? no() : yes();
}

function closing(tokens: string[], term: Term): Term {
  take(tokens, ')');
  return term;
}

function take(tokens: string[], wanted: string): void {
  if (tokens.shift() !== wanted) throw new Error(`metric math lacks a ${wanted}`);
}
