import { Alphabet } from './alphabet.js';
import { BackwardAutomaton } from './backward.js';
import { Backtracker } from './backtrack.js';
import { CaptureWalk } from './captures.js';
import { ForwardAutomaton } from './forward.js';
import { buildNfa, isNullable, type Nfa } from './nfa.js';
import { OnePassWalk } from './one-pass.js';
import type { ParsedRegex } from './syntax.js';

/** The machines of one pattern, each built on first use. */
export class Automata {
  readonly nfa: Nfa;
  readonly alphabet: Alphabet;
  /** An empty text can match. */
  readonly isNullable: boolean;
  private searcherPart: ForwardAutomaton | null = null;
  private onePassPart: OnePassWalk | null = null;
  private forwardPart: ForwardAutomaton | null = null;
  private walkPart: CaptureWalk | null = null;
  private backwardPart: BackwardAutomaton | null = null;
  private backtrackPart: Backtracker | null = null;

  constructor(
    private readonly parsed: ParsedRegex,
    edge: number,
  ) {
    this.nfa = buildNfa(parsed);
    this.alphabet = new Alphabet(this.nfa, parsed.flags.lineEnd.charCodeAt(0), edge);
    this.isNullable = isNullable(parsed.root);
  }

  get searcher(): ForwardAutomaton {
    return (this.searcherPart ??= new ForwardAutomaton(this.nfa, this.alphabet, true));
  }

  get onePass(): OnePassWalk {
    return (this.onePassPart ??= new OnePassWalk(this.nfa, this.alphabet));
  }

  get forward(): ForwardAutomaton {
    return (this.forwardPart ??= new ForwardAutomaton(this.nfa, this.alphabet));
  }

  get walk(): CaptureWalk {
    return (this.walkPart ??= new CaptureWalk(
      this.nfa,
      this.alphabet,
      new BackwardAutomaton(this.nfa, this.alphabet, false),
    ));
  }

  get backward(): BackwardAutomaton {
    return (this.backwardPart ??= new BackwardAutomaton(this.nfa, this.alphabet, true));
  }

  get backtracker(): Backtracker {
    return (this.backtrackPart ??= new Backtracker(this.nfa, this.alphabet, this.parsed.flags.ignoreCase));
  }
}
