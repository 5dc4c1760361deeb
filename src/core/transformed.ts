import type { SecretValue } from './secret-value.js';

/** Which kinds of step a destination's chain has. */
export const TRANSFORM_MODES = ['none', 'sed', 'json', 'mixed'] as const;
export type TransformMode = (typeof TRANSFORM_MODES)[number];

/** What one rule did, by place and never by text. */
export interface RuleReport {
  /** The sedfile, or the place in the configuration where an inline rule stands. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** How often it changed or removed something. */
  readonly hits: number;
}

/** A replica's value and what may be told about how it came to be. */
export interface Transformed {
  readonly value: SecretValue;
  readonly mode: TransformMode;
  readonly rules: readonly RuleReport[];
  readonly inputBytes: number;
  readonly outputBytes: number;
}

/** The names behind ${REGION}, ${SOURCE_REGION}, ${ACCOUNT_ID}, ${SOURCE_ACCOUNT_ID}, ${SECRET_NAME} and ${DEST_SECRET_NAME}. */
export interface TransformPlace {
  readonly region: string;
  readonly sourceRegion: string;
  readonly account: string;
  readonly sourceAccount: string;
  readonly sourceName: string;
  readonly replicaName: string;
}

/** A destination's chain for one secret: steps chosen by its name, variables bound. */
export interface BoundTransform {
  readonly mode: TransformMode;
  /** Hex SHA-256 of the rules and their own variables; undefined when no step applies, and then the value passes byte for byte. */
  readonly digest: string | undefined;
  /** Throws ReplicatorError: RuleFailed, BinaryWithRules, ContractBroken, ValueTooLarge, ValueEmpty. */
  run(value: SecretValue): Transformed;
}

/** A destination's compiled rules. Compiled once per process. */
export interface DestinationRules {
  /** The replica's name. Throws ReplicatorError: InvalidName, RuleFailed. */
  replicaName(sourceName: string): string;
  bind(place: TransformPlace): BoundTransform;
}
