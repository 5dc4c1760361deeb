/** A JSON value and where it stands in its text: UTF-16 offsets, `end` behind the last character. */
export type JsonNode = JsonObject | JsonArray | JsonString | JsonLiteral;

interface Span {
  readonly start: number;
  readonly end: number;
}
/** Members in the order of the text; a name that stands twice is two members. */
export interface JsonObject extends Span {
  readonly kind: 'object';
  readonly members: readonly JsonMember[];
}
export interface JsonMember {
  readonly name: JsonString;
  readonly value: JsonNode;
}
export interface JsonArray extends Span {
  readonly kind: 'array';
  readonly items: readonly JsonNode[];
}
export interface JsonString extends Span {
  readonly kind: 'string';
  readonly value: string;
}
/** Numbers as JavaScript reads them: good enough to compare, never to write back. */
interface JsonLiteral extends Span {
  readonly kind: 'literal';
  readonly value: number | boolean | null;
}

/** Deepest nesting that is read. */
export const MAX_JSON_DEPTH = 200;

/** The text is not JSON. The place is counted from 1; the sentence never quotes the text. */
export class JsonSyntaxError extends Error {
  override readonly name = 'JsonSyntaxError';
  readonly line: number;
  readonly column: number;

  constructor(text: string, at: number, problem: string) {
    const before = text.slice(0, at).split('\n');
    const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
    super(`${problem} at line ${line}, column ${column}`);
    this.line = line;
    this.column = column;
  }
}

/** RFC 8259, strictly. Throws JsonSyntaxError. Time grows linearly with the text. */
export function parseJsonText(text: string): JsonNode {
  const scanner = new Scanner(text);
  const node = scanner.value(1);
  scanner.skipBlanks();
  if (scanner.at < text.length) scanner.fail('there is more behind the JSON value');
  return node;
}

const BLANKS = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"[ !#-[\]-\uffff]*(?:\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4})[ !#-[\]-\uffff]*)*"/y;
const WORD = /true|false|null/y;

class Scanner {
  at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): JsonNode {
    if (depth > MAX_JSON_DEPTH) this.fail(`the JSON value is nested deeper than ${MAX_JSON_DEPTH} levels`);
    this.skipBlanks();
    const first = this.text[this.at];
    if (first === '{') return this.object(depth);
    if (first === '[') return this.array(depth);
    if (first === '"') return this.string();
    return this.literal();
  }

  skipBlanks(): void {
    this.at += this.ahead(BLANKS).length;
  }

  fail(problem: string): never {
    throw new JsonSyntaxError(this.text, this.at, problem);
  }

  private object(depth: number): JsonObject {
    const start = this.at;
    const members = this.listed('}', (): JsonMember => {
      const name = this.string();
      this.skipBlanks();
      if (!this.takes(':')) this.fail('a colon is missing');
      return { name, value: this.value(depth + 1) };
    });
    return { kind: 'object', start, end: this.at, members };
  }

  private array(depth: number): JsonArray {
    const start = this.at;
    const items = this.listed(']', () => this.value(depth + 1));
    return { kind: 'array', start, end: this.at, items };
  }

  private listed<T>(close: string, entry: () => T): T[] {
    const entries: T[] = [];
    this.at += 1;
    this.skipBlanks();
    if (this.takes(close)) return entries;
    for (;;) {
      this.skipBlanks();
      entries.push(entry());
      this.skipBlanks();
      if (this.takes(close)) return entries;
      if (!this.takes(',')) this.fail(`a comma or ${close} is missing`);
    }
  }

  private string(): JsonString {
    const start = this.at;
    const written = this.ahead(STRING);
    if (written === '') this.fail('a text in double quotes is missing or wrong');
    this.at += written.length;
    const value = written.includes('\\') ? String(JSON.parse(written)) : written.slice(1, -1);
    return { kind: 'string', start, end: this.at, value };
  }

  private literal(): JsonLiteral {
    const start = this.at;
    const written = this.ahead(NUMBER) || this.ahead(WORD);
    if (written === '') this.fail('a JSON value is missing');
    this.at += written.length;
    return { kind: 'literal', start, end: this.at, value: JSON.parse(written) };
  }

  private takes(character: string): boolean {
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private ahead(pattern: RegExp): string {
    pattern.lastIndex = this.at;
    return pattern.exec(this.text)?.[0] ?? '';
  }
}
