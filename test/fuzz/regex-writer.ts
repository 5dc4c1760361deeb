import type { Chance } from './chance.js';

/** Writes patterns in one of the two syntaxes; `odd` ones also use the corners of the language. */
export class RegexWriter {
  /** Groups of the pattern written last. */
  groups = 0;

  constructor(
    private readonly chance: Chance,
    private readonly extended: boolean,
    private readonly odd: boolean,
  ) {}

  /** A pattern as it stands between two delimiters. */
  regex(delimiter: string): string {
    this.groups = 0;
    const text = this.alternation(0);
    const { chance } = this;
    const anchored = `${chance.is(0.12) ? '^' : ''}${text}${chance.is(0.12) ? '$' : ''}`;
    return anchored.replaceAll(delimiter, `\\${delimiter}`);
  }

  private alternation(depth: number): string {
    const { chance } = this;
    const branches = chance.some(1, chance.is(0.15) ? 3 : 1, () => this.concatenation(depth));
    return branches.join(this.extended ? '|' : '\\|');
  }

  private concatenation(depth: number): string {
    return this.chance.some(this.chance.is(0.03) ? 0 : 1, 3, () => this.piece(depth)).join('');
  }

  private piece(depth: number): string {
    const { chance } = this;
    const quantifiers = this.extended
      ? ['*', '+', '?', '{1,2}', '{2}', '{,2}', '{0,}']
      : ['*', '\\+', '\\?', '\\{1,2\\}', '\\{2\\}', '\\{,2\\}', '*'];
    const quantifier = chance.is(0.3)
      ? chance.pick(quantifiers) + (this.odd && chance.is(0.05) ? chance.pick(quantifiers) : '')
      : '';
    return this.atom(depth) + quantifier;
  }

  private atom(depth: number): string {
    const { chance, extended } = this;
    const roll = chance.next();
    if (roll < 0.16 && depth < 3) {
      this.groups++;
      const body = this.alternation(depth + 1);
      return extended ? `(${body})` : `\\(${body}\\)`;
    }
    if (roll < 0.28)
      return chance.pick([
        '.',
        '[ab]',
        '[^a]',
        '[a-c]',
        '[[:alpha:]]',
        '[[:digit:]]',
        '[^[:space:]]',
        '[]a]',
        '[^]b]',
        '[a-]',
      ]);
    if (this.odd && roll < 0.4) return this.oddAtom();
    if (roll < 0.45) return chance.pick(['us-east-1', 'db', 'host', '\\.', 'aab', ' ', '-', ':']);
    return chance.pick(['a', 'b', 'c', 'a', 'b']);
  }

  private oddAtom(): string {
    const { chance } = this;
    if (chance.is(0.12) && this.groups > 0) return `\\${1 + chance.below(this.groups)}`;
    return chance.pick([
      '\\w',
      '\\W',
      '\\s',
      '\\S',
      '\\b',
      '\\B',
      '\\<',
      '\\>',
      '\\`',
      "\\'",
      '^',
      '$',
      '\\n',
      '\\t',
      '\\x61',
      '\\d098',
      '\\o143',
      'é',
      '[é漢]',
      '[[:upper:]]',
      '[^[:alnum:]_]',
      '[\\n]',
      '[\\]]',
      '[[.a.]]',
      '[[=b=]]',
      '[=a=]',
      '[.b.]',
      '[:a:]',
      '[:a-c:]',
      '*',
      '\\*',
      '\\^',
      '\\$',
      '\\x5e',
      '+',
      '?',
      '{',
      '|',
      '\\/',
    ]);
  }
}
