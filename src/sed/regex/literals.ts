import type { Node, ParsedRegex } from './syntax.js';

/** Text every match must hold. */
export interface Literals {
  /** The pattern is this text and nothing else (groups aside). */
  readonly whole: string | null;
  /** Every match starts with this text; may be empty. */
  readonly prefix: string;
  /** Every match contains this text; may be empty. The longest found, so it can be the prefix. */
  readonly required: string;
  /** A match can only start at the start of the buffer. */
  readonly atBufferStart: boolean;
}

export function literalsOf(regex: ParsedRegex): Literals {
  const parts = flatten(regex.root);
  const runs = runsOf(parts);
  const first = runs[0];
  const isWhole = parts.length > 0 && parts.every((part) => part.kind === 'char');
  return {
    whole: isWhole && first !== undefined ? first.text : null,
    prefix: first !== undefined && first.from === 0 ? first.text : '',
    required: runs.reduce((best, run) => (run.text.length > best.length ? run.text : best), ''),
    atBufferStart: startsAtBufferStart(regex.root),
  };
}

/** The sequence a pattern is, groups opened; a node that is no fixed character stands for itself. */
function flatten(node: Node): Node[] {
  switch (node.kind) {
    case 'empty':
      return [];
    case 'concat':
      return node.parts.flatMap(flatten);
    case 'group':
      return flatten(node.body);
    case 'char':
    case 'set':
    case 'assert':
    case 'alternate':
    case 'repeat':
    case 'backref':
    case 'variable':
      return [node];
  }
}

function runsOf(parts: readonly Node[]): { from: number; text: string }[] {
  const runs: { from: number; text: string }[] = [];
  let open: { from: number; text: string } | null = null;
  parts.forEach((part, index) => {
    if (part.kind !== 'char') {
      open = null;
      return;
    }
    if (open === null) {
      open = { from: index, text: '' };
      runs.push(open);
    }
    open.text += String.fromCodePoint(part.codePoint);
  });
  return runs;
}

function startsAtBufferStart(node: Node): boolean {
  switch (node.kind) {
    case 'assert':
      return node.assertion === 'buffer-start';
    case 'concat':
      return node.parts.length > 0 && startsAtBufferStart(node.parts[0] as Node);
    case 'group':
      return startsAtBufferStart(node.body);
    case 'alternate':
      return node.branches.every(startsAtBufferStart);
    case 'repeat':
      return node.min > 0 && startsAtBufferStart(node.body);
    case 'empty':
    case 'char':
    case 'set':
    case 'backref':
    case 'variable':
      return false;
  }
}
