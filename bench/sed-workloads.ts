/** A rule as all engines read it: extended syntax, `\1` for a group. */
export interface Rule {
  readonly pattern: string;
  readonly replacement: string;
}

export interface Workload {
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly block: string;
}

const BLOCK_BYTES = 64 * 1024;

interface PatternClass {
  readonly name: string;
  readonly rule: (k: number) => Rule;
}

/** How people write rules, by what an engine can make of them; `k` tells fifty of a class apart. */
const CLASSES: readonly PatternClass[] = [
  { name: 'as people write them', rule: mixed },
  {
    name: 'fixed text',
    rule: (k) => ({ pattern: k === 0 ? 'us-east-1' : `db-${k}.us-east`, replacement: 'us-west-2' }),
  },
  { name: 'set after fixed text', rule: (k) => ({ pattern: `"port": "[0-9]+${k % 10}"`, replacement: `"port": "1"` }) },
  { name: 'groups', rule: (k) => ({ pattern: `"([a-z]+)": "([^"${k}]*)"`, replacement: '"\\2": "\\1"' }) },
  { name: 'no fixed text', rule: (k) => ({ pattern: `[${k % 10}-9]+[.][0-9]+`, replacement: 'N' }) },
  { name: 'word edges', rule: (k) => ({ pattern: `\\b(app|db-${k})\\b`, replacement: 'x' }) },
  { name: 'alternation', rule: (k) => ({ pattern: `(primary|writer|app${k})[-"]`, replacement: 'r' }) },
  { name: 'to the last of its kind', rule: (k) => ({ pattern: `"host".*-${k}[.]rds`, replacement: 'h' }) },
];

/** Each class with 1 and with 50 rules, on one line and on many. */
export function workloads(): Workload[] {
  return CLASSES.flatMap(({ name, rule }) =>
    [1, 50].flatMap((count) =>
      [' ', '\n'].map((separator) => ({
        name: `${name}, ${count === 1 ? '1 rule' : '50 rules'}, ${separator === '\n' ? 'many lines' : 'one line'}`,
        rules: Array.from({ length: count }, (_, k) => rule(k)),
        block: block(separator),
      })),
    ),
  );
}

/** Why a class may fall behind a peer; printed beside a ratio that misses its goal. */
export const REASONS: ReadonlyMap<string, string> = new Map([
  [
    'as people write them',
    'one rule of fixed text is all: where V8 finds and copies each match as fast as it can, Python does so as well',
  ],
  ['fixed text', 'V8 finds and copies each match no faster than Python does'],
  ['set after fixed text', 'V8 looks at each place where the fixed text stands; building RegExp counts when fresh'],
  ['groups', 'half of the time is copying; on so many matches a script line more or less shows'],
  ['no fixed text', 'GNU sed reads a character in a nanosecond, as V8 does where it cannot skip'],
  ['word edges', 'two looks around each word; GNU sed has the edges in its automaton'],
  ['alternation', 'building RegExp and rules counts when fresh'],
  ['to the last of its kind', 'the wildcard takes the line and gives back; Python does so in C'],
]);

/** Fixed text, a class, a group, an alternation, an absent name. */
function mixed(k: number): Rule {
  const kinds: Rule[] = [
    { pattern: 'us-east-1', replacement: 'us-west-2' },
    { pattern: `db-${k}\\.([a-z0-9-]+)\\.rds`, replacement: `db-x.\\1.rds` },
    { pattern: `"port": "[0-9]${k}`, replacement: '"port": "1' },
    { pattern: `(primary|writer)-${k}`, replacement: 'replica' },
    { pattern: `arn:aws:[a-z]+:eu-${k}`, replacement: 'arn:x' },
  ];
  return kinds[k % kinds.length] as Rule;
}

/** JSON-like text of a secret, 64 KiB with a line end. */
function block(separator: string): string {
  const entry = (k: number): string =>
    `{"host": "db-${k}.us-east-1.rds.amazonaws.com", "port": "${5000 + k}", "user": "app", "arn": "arn:aws:rds:us-east-1:123456789012:db:d${k}"},`;
  let text = '';
  for (let k = 0; text.length < BLOCK_BYTES; k++) text += entry(k) + separator;
  return text.slice(0, BLOCK_BYTES - 1) + '\n';
}
