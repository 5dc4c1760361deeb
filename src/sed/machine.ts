import type { Input } from './input.js';
import type { Meter } from './limits.js';
import type { Program, RegexUse } from './program.js';
import { Output, type Sink } from './output.js';
import type { Regex } from './regex/regex.js';
import { Selector, type Selectable } from './select.js';

/** A buffer and whether the line it came from had an end; the hold space starts as an empty, ended line. */
export interface Space {
  text: string;
  ended: boolean;
}

/** Everything one run changes: buffers, flags, queued text, counters. */
export class Machine implements Selectable {
  pattern: Space = { text: '', ended: true };
  hold: Space = { text: '', ended: true };
  /** An s has replaced something since the last line was read or the last t was taken. */
  substituted = false;
  exitCode = 0;
  /** Per command, the times it changed something. */
  readonly hits: number[];
  readonly output: Output;
  private appended: string[] = [];
  private lastRegex: Regex | null = null;
  private selectorPart: Selector | null = null;
  /** Regexes whose groups an s with an empty regex has had. */
  private readonly grouped = new Set<Regex>();

  constructor(
    readonly program: Program,
    readonly input: Input,
    readonly meter: Meter,
    sink: Sink | null,
  ) {
    this.hits = program.commands.map(() => 0);
    this.output = new Output(meter, program.lineEnd, sink);
  }

  get selector(): Selector {
    return (this.selectorPart ??= new Selector(this.program.commands, this));
  }

  /**
   * Lets an s with an empty regex have the groups of the one used last. As in GNU sed it is wrong to name more than there are
   * where only addresses used that regex so far; else, and under `--posix`, a group too many is empty.
   */
  takeGroups(regex: Regex, maxGroup: number): void {
    const { commands, posix } = this.program;
    if (maxGroup > regex.groupCount && !posix && !this.grouped.has(regex)) {
      const isOfSubstitution = commands.some(
        ({ action }) => action.letter === 's' && action.substitution.regex.compiled === regex,
      );
      if (!isOfSubstitution)
        throw this.meter.error('bad-argument', 'the replacement names a group that the regex used last does not have');
    }
    this.grouped.add(regex);
  }

  /** Reads the next line into the pattern space, or onto its end. False when there is none. */
  readLine(mode: 'replace' | 'append'): boolean {
    this.flushAppended();
    const line = this.input.next();
    if (line === null) return false;
    this.substituted = false;
    const text = mode === 'replace' ? line.text : this.pattern.text + this.program.lineEnd + line.text;
    this.meter.checkSpace(text.length);
    this.pattern = { text, ended: line.ended };
    return true;
  }

  hit(index: number, count = 1): void {
    this.hits[index] = (this.hits[index] ?? 0) + count;
  }

  /** Prints the pattern space unless the program is quiet. */
  autoprint(): void {
    if (!this.program.quiet) this.printPattern();
  }

  printPattern(): void {
    this.output.line(this.pattern.text, this.pattern.ended);
  }

  queueAppend(text: string): void {
    this.appended.push(text);
    this.meter.spend(1);
  }

  flushAppended(): void {
    if (this.appended.length === 0) return;
    for (const text of this.appended) this.output.raw(text);
    this.appended = [];
  }

  matches(use: RegexUse): boolean {
    return this.regexOf(use).test(this.pattern.text, this.meter);
  }

  /** The regex to use, which becomes the one an empty regex means. */
  regexOf(use: RegexUse): Regex {
    const regex = use.compiled ?? this.lastRegex;
    if (regex === null)
      throw this.meter.error('no-previous-regex', 'an empty regex means the one used last, and none was used yet');
    this.lastRegex = regex;
    return regex;
  }
}
