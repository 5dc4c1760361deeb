import type { Chance } from './chance.js';
import { RegexWriter } from './regex-writer.js';

/** One case for both seds. */
export interface Case {
  readonly script: string;
  readonly input: string;
  readonly extended: boolean;
  readonly quiet: boolean;
  readonly zero: boolean;
  readonly posix: boolean;
}

export type Kind = 'people' | 'language';

export function generateCase(chance: Chance, kind: Kind): Case {
  const extended = chance.is(0.5);
  const writer = new ScriptWriter(chance, extended, kind);
  return {
    script: writer.script(),
    input: inputText(chance, kind),
    extended,
    quiet: chance.is(0.25),
    zero: kind === 'language' && chance.is(0.04),
    posix: kind === 'language' && chance.is(0.08),
  };
}

const WORDS = [
  'db',
  'host',
  'us-east-1',
  'arn:aws:rds',
  'abc',
  'aab',
  'Password',
  '10.0.0.1',
  'x=y',
  '{"a": "b"}',
  'aXb',
  'foo bar',
  '',
  'ab ab',
  'b',
  'caab',
];
const ODD = ['é', 'ß漢', '😀a', 'Éa', '\t', 'a\\b', 'σς', '/&', '*a+', '^a$', '\0a', '[a]', 'a{2}'];

function inputText(chance: Chance, kind: Kind): string {
  const word = (): string =>
    chance.pick(
      kind === 'language' && chance.is(0.15) ? ODD : chance.is(0.5) ? WORDS : ['a', 'b', 'c', 'ab', 'abc', 'aa', 'bca'],
    );
  const line = (): string => chance.some(0, 3, word).join(chance.pick(['', ' ', '-', '.']));
  const text = chance.some(0, 6, line).join('\n');
  return text + (chance.is(0.7) ? '\n' : '');
}

/** Writes scripts that are mostly right and sometimes not. */
class ScriptWriter {
  private readonly regexes: RegexWriter;
  private readonly labels = ['a', 'b', 'end'];

  constructor(
    private readonly chance: Chance,
    extended: boolean,
    private readonly kind: Kind,
  ) {
    this.regexes = new RegexWriter(chance, extended, kind === 'language');
  }

  script(): string {
    const lines = this.chance.some(1, this.kind === 'people' ? 3 : 5, () => this.command(0));
    const body = lines.join(this.chance.pick(['\n', ';', '\n']));
    const defined = this.labels.filter((label) => new RegExp(`[btT] ?${label}(?![a-z])`).test(body));
    return body + defined.map((label) => `\n:${label}`).join('');
  }

  private command(depth: number): string {
    const { chance } = this;
    const address = chance.is(0.45) ? this.address() : '';
    if (depth < 2 && chance.is(0.1)) {
      return `${address}{${chance.some(1, 3, () => this.command(depth + 1)).join(chance.pick(['\n', ';']))}\n}`;
    }
    return address + (this.kind === 'people' ? this.peopleCommand() : this.anyCommand());
  }

  private peopleCommand(): string {
    const roll = this.chance.next();
    if (roll < 0.62) return this.substitution();
    if (roll < 0.72) return this.transliteration();
    return this.chance.pick(['d', 'p', 'd', 'p', 'q', 'n;d', '$!N', 'h', 'G', '=']);
  }

  private anyCommand(): string {
    const { chance } = this;
    const roll = chance.next();
    if (roll < 0.4) return this.substitution();
    if (roll < 0.45) return this.transliteration();
    if (roll < 0.8)
      return chance.pick(
        'd D p P n N g G h H x z ='.split(' ').concat(['l', 'l 5', 'q', 'q3', 'Q', 'Q4', '$!N', 'N;P;D', 'l 1']),
      );
    if (roll < 0.9) return this.insertion();
    return this.branch();
  }

  private insertion(): string {
    const { chance } = this;
    const letter = chance.pick(['a', 'i', 'c']);
    const text = chance.pick([
      'x',
      '  two words',
      'a\\tb',
      'a;p',
      'x}',
      'a\\\nb',
      '\\  kept',
      'q\\qq',
      'é',
      '\\x41b',
      'a\\c\\\\',
      '',
    ]);
    return `${letter}${chance.pick([' ', '\\\n', '', '  ', '\\'])}${text}\n`;
  }

  private branch(): string {
    const { chance } = this;
    const letter = chance.pick(['b', 't', 'T', 't']);
    return `${letter}${chance.is(0.3) ? '' : `${chance.pick(['', ' '])}${chance.pick(this.labels)}`}\n`;
  }

  private address(): string {
    const first = this.single();
    const { chance } = this;
    const second = chance.is(0.35)
      ? `,${chance.pick([this.single(), `+${chance.below(4)}`, `~${chance.below(4)}`])}`
      : '';
    return `${first}${second}${chance.is(0.15) ? '!' : ''}`;
  }

  private single(): string {
    const { chance } = this;
    const roll = chance.next();
    if (roll < 0.35) return String(chance.below(6) + (this.kind === 'people' ? 1 : 0));
    if (roll < 0.5) return '$';
    if (roll < 0.6) return `${chance.below(4)}~${chance.below(4)}`;
    const flags = this.kind === 'language' ? chance.pick(['', '', '', 'I', 'M']) : chance.pick(['', '', '', 'I']);
    if (this.kind === 'language' && chance.is(0.05)) return '//';
    return chance.is(0.9) ? `/${this.regexes.regex('/')}/${flags}` : `\\,${this.regexes.regex(',')},${flags}`;
  }

  private substitution(): string {
    const { chance } = this;
    const delimiter = chance.pick(['/', '/', '/', '|', ',', '#', '@']);
    const regex = this.kind === 'language' && chance.is(0.03) ? '' : this.regexes.regex(delimiter);
    const groups = this.regexes.groups;
    const replacement = chance.some(0, 3, () => this.replacementPart(groups, delimiter)).join('');
    const flags = chance.pick([
      '',
      '',
      'g',
      'g',
      'p',
      '2',
      'I',
      'gp',
      '2g',
      'gI',
      this.kind === 'language' ? chance.pick(['M', 'Mg', 'mI', '3', 'w', 'gg']) : 'g',
    ]);
    return `s${delimiter}${regex}${delimiter}${replacement}${delimiter}${flags}`;
  }

  private replacementPart(groups: number, delimiter: string): string {
    const { chance } = this;
    const roll = chance.next();
    if (roll < 0.2) return '&';
    if (roll < 0.4 && groups > 0) return `\\${1 + chance.below(groups)}`;
    if (roll < 0.55) return chance.pick(['\\U', '\\L', '\\u', '\\l', '\\E']);
    if (roll < 0.6 && this.kind === 'language')
      return chance.pick([
        '\\n',
        '\\\n',
        '\\t',
        '\\x41',
        '\\o101',
        '\\d065',
        '\\cA',
        '\\c\\\\',
        '\\c\\d',
        '\\q',
        '\\&',
        `\\${delimiter}`,
        '\\x26',
        '\\0',
        'é',
      ]);
    return chance.pick(['x', 'Y', '-', '[', ']', 'us-west-2', '', 'ab', ' ']);
  }

  private transliteration(): string {
    return this.chance.pick([
      'y/abc/xyz/',
      'y/ab/ba/',
      'y,a/,/a,',
      'y/abc/ABC/',
      'y/a\\/b/x\\/y/',
      'y/a\\nb/\\nab/',
      'y/é/e/',
      'y/abc/ABCD/',
      'y/ /_/',
    ]);
  }
}
