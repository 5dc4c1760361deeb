import { readSelection, type Selection } from './addresses.js';
import { readDefinition, readInsertion, readLabel, readTransliteration, readVersion } from './arguments.js';
import { withFixedSlots } from './bind.js';
import type { CompileOptions } from './compile-options.js';
import { COMMANDS, POSIX_COMMANDS, REFUSED_COMMANDS, type ArgumentKind, type CommandShape } from './commands.js';
import { Cursor, type SedSource } from './cursor.js';
import type { Action, Command, PlainLetter, Program } from './program.js';
import type { RegexSyntax } from './regex-argument.js';
import { readSubstitution } from './substitution-argument.js';
import { SedError } from './sed-error.js';
import { SlotTable } from './variables.js';

/** Columns of a line that `l` prints when nothing says otherwise (POSIX leaves it open; GNU sed takes this). */
const LISTING_WIDTH = 70;

/** Arguments that go on to a line end of their own, have found their end already, or let another command follow. */
const UNENDED: ReadonlySet<ArgumentKind> = new Set([
  'comment',
  'text',
  'block',
  'substitution',
  'label',
  'definition',
  'version',
]);

/** Script text to program. Throws SedError with the place of the first thing that is wrong. */
export function compile(script: string | readonly SedSource[], options: CompileOptions = {}): Program {
  const sources = typeof script === 'string' ? [{ name: 'script', text: script }] : script;
  return new Compiler(new Cursor(sources.length === 0 ? [{ name: 'script', text: '' }] : sources), options).program();
}

interface Jump {
  readonly index: number;
  readonly label: string;
  readonly at: number;
}

class Compiler {
  private readonly commands: Command[] = [];
  private readonly labels = new Map<string, number>();
  private readonly jumps: Jump[] = [];
  private readonly openBlocks: { index: number; at: number }[] = [];
  private readonly slots: SlotTable | null;
  private readonly syntax: RegexSyntax;
  private readonly known: typeof COMMANDS;
  private quiet: boolean;

  constructor(
    private readonly cursor: Cursor,
    private readonly options: CompileOptions,
  ) {
    this.slots = options.variables === true ? new SlotTable() : null;
    const posix = options.posix === true;
    this.syntax = { extended: options.extended === true, lineEnd: options.zero === true ? '\0' : '\n', posix };
    this.known = posix ? POSIX_COMMANDS : COMMANDS;
    this.quiet = options.quiet === true;
  }

  program(): Program {
    // GNU sed 4.9 takes any first line that begins so, whatever follows.
    if (this.cursor.text.startsWith('#n')) this.quiet = true;
    for (this.skipBetween(); !this.cursor.isAtEnd; this.skipBetween()) this.command();
    const open = this.openBlocks.at(-1);
    if (open !== undefined) throw new SedError('unbalanced-block', this.cursor.place(open.at), 'this { has no }');
    for (const jump of this.jumps) this.resolve(jump);
    return withFixedSlots({
      variables: Object.freeze(this.slots?.uses ?? []),
      commandCount: this.commands.length,
      commands: this.commands,
      slots: this.slots?.slots ?? [],
      quiet: this.quiet,
      lineEnd: this.syntax.lineEnd,
      posix: this.syntax.posix,
      printsUnfinished: !this.syntax.posix && this.options.posixlyCorrect !== true,
    });
  }

  private skipBetween(): void {
    this.cursor.skip(/[\s;]*/y);
  }

  private command(): void {
    const { cursor } = this;
    const start = cursor.at;
    const selection = readSelection(cursor, this.syntax, this.slots);
    const at = cursor.at;
    const letter = cursor.next();
    const shape = this.known.get(letter);
    if (shape === undefined) throw this.unknown(letter, at);
    this.checkAddresses(selection, shape, letter, start);
    this.argument(letter, shape, selection, at);
    if (!UNENDED.has(shape.argument)) this.expectEnd();
  }

  private unknown(letter: string, at: number): Error {
    if (letter === '') return this.cursor.error('unknown-command', 'an address needs a command', at);
    if (REFUSED_COMMANDS.has(letter)) {
      return this.cursor.error(
        'refused-command',
        'commands that read files, write files or run programs (r R w W e F) are not allowed',
        at,
      );
    }
    return this.cursor.error('unknown-command', `unknown command; known are ${[...this.known.keys()].join(' ')}`, at);
  }

  private checkAddresses(selection: Selection, shape: CommandShape, letter: string, start: number): void {
    const count = selection.to !== null ? 2 : selection.from !== null ? 1 : 0;
    // GNU sed lets a `!` stand before the closing brace's and the label's error; both are refused all the same.
    if (count > shape.addresses) {
      const allowed = shape.addresses === 0 ? 'no address' : 'one address at most';
      throw this.cursor.error('bad-address', `${letter} takes ${allowed}`, start);
    }
  }

  private argument(letter: string, shape: CommandShape, selection: Selection, at: number): void {
    const { cursor, slots } = this;
    switch (shape.argument) {
      case 'none':
        return this.add(selection, at, { letter: letter as PlainLetter });
      case 'substitution':
        return this.add(selection, at, { letter: 's', substitution: readSubstitution(cursor, this.syntax, slots) });
      case 'transliteration':
        return this.add(selection, at, { letter: 'y', transliteration: readTransliteration(cursor, slots) });
      case 'text':
        return this.add(selection, at, {
          letter: letter as 'a',
          insertion: readInsertion(cursor, slots, this.syntax.posix),
        });
      case 'exit-code':
        return this.add(selection, at, { letter: letter as 'q', exitCode: (this.optionalNumber() ?? 0) & 0xff });
      case 'width':
        return this.add(selection, at, {
          letter: 'l',
          width: this.optionalNumber() ?? this.options.listWidth ?? LISTING_WIDTH,
        });
      case 'label':
        this.jumps.push({ index: this.commands.length, label: readLabel(cursor), at });
        return this.add(selection, at, { letter: letter as 'b', target: 0 });
      case 'definition':
        this.labels.set(readDefinition(cursor), this.commands.length);
        return;
      case 'block':
        this.openBlocks.push({ index: this.commands.length, at });
        return this.add(selection, at, { letter: '{', target: 0 });
      case 'end':
        return this.closeBlock(at);
      case 'comment':
        return cursor.skip(/[^\n]*/y);
      case 'version':
        return readVersion(cursor);
    }
  }

  private add({ from, to, negated }: Selection, at: number, action: Action): void {
    this.commands.push({ from, to, negated, place: this.cursor.place(at), action });
  }

  private optionalNumber(): number | null {
    if (this.syntax.posix) return null;
    this.cursor.skip(/[ \t]*/y);
    return this.cursor.number();
  }

  private closeBlock(at: number): void {
    const open = this.openBlocks.pop();
    if (open === undefined) throw this.cursor.error('unbalanced-block', 'this } closes nothing', at);
    this.setTarget(open.index, this.commands.length);
  }

  private resolve({ index, label, at }: Jump): void {
    const target = label === '' ? this.commands.length : this.labels.get(label);
    if (target === undefined) throw new SedError('missing-label', this.cursor.place(at), 'no such label is defined');
    this.setTarget(index, target);
  }

  private setTarget(index: number, target: number): void {
    const command = this.commands[index] as Command;
    this.commands[index] = { ...command, action: { ...command.action, target } as Action };
  }

  private expectEnd(): void {
    const { cursor } = this;
    cursor.skip(/[ \t\r]*/y);
    const char = cursor.peek();
    if (char === '' || char === '\n' || char === ';' || char === '}' || char === '#') return;
    throw cursor.refuse('bad-argument', 'a command ends at a line end, a semicolon or a closing brace');
  }
}
