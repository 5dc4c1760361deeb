import type { RuleReport } from '../core/transformed.js';

/** A text on its way: the source first, then what each step made of it. */
export interface Stage {
  /** `dr.transform[1]`, or `the source`. */
  readonly by: string;
  readonly text: string;
}

/** A finished run of a chain. */
export interface Run {
  /** The source's text at least. */
  readonly stages: readonly [Stage, ...Stage[]];
  readonly rules: readonly RuleReport[];
  readonly outputBytes: number;
}

/** The text behind the last step. */
export function lastText(stages: Run['stages']): string {
  return (stages.at(-1) ?? stages[0]).text;
}
