import type { JsonStepShape } from '../core/step-schema.js';
import type { RuleReport } from '../core/transformed.js';
import type { Values } from './variables.js';

/** Where a step stands: in reports, and in the document. */
export interface StepPlace {
  /** `dr.transform[1]` */
  readonly name: string;
  readonly path: readonly PropertyKey[];
}

/** What one step made of a text. */
export interface StepOutput {
  readonly text: string;
  readonly rules: readonly RuleReport[];
}

/** A step with its variables bound. Throws ReplicatorError: RuleFailed, ContractBroken. */
export type BoundStep = (text: string) => StepOutput;

/** One compiled step of a chain. */
export interface CompiledStep {
  /** What reports call it: the sedfile, or `dr.transform[1]`. */
  readonly file: string;
  readonly kind: 'sed' | 'json';
  /** Globs of source names; undefined: every name. */
  readonly names: readonly string[] | undefined;
  /** The variables it uses. */
  readonly variables: ReadonlySet<string>;
  /** What it does, without where it stands: two steps that do the same have the same JSON here. */
  readonly canonical: unknown;
  readonly bind: (values: Values) => BoundStep;
}

/** Throws ConfigError. An argument of whoever compiles, so that a function without JSON rules need not load what runs them. */
export type CompileJsonStep = (step: JsonStepShape, place: StepPlace, known: readonly string[]) => CompiledStep;
