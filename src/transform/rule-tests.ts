import type { RuleTestShape } from '../core/config-schema.js';
import type { DestinationConfig, ReplicationConfig } from '../core/config.js';
import { ReplicatorError } from '../core/failure.js';
import type { DestinationId } from '../core/names.js';
import { SecretValue } from '../core/secret-value.js';
import { whyUnselected } from '../core/selection.js';
import type { DestinationRules, TransformPlace } from '../core/transformed.js';
import type { CompiledConfig } from './compile-checked.js';

/** How one case of the configuration ended. */
export interface RuleTestOutcome {
  readonly destination: DestinationId;
  /** The case's own title, or its secret. */
  readonly title: string;
  /** Where the case stands in the document. */
  readonly path: readonly PropertyKey[];
  /** What is wrong, without a value; undefined for a case that holds. */
  readonly fault: string | undefined;
}

/** A source's account where a case names none. */
const EXAMPLE_ACCOUNT = '111122223333';

/** Runs the cases of every destination, in the order of the configuration. Never throws for what a case shows. */
export function runRuleTests({ config, rules }: CompiledConfig): RuleTestOutcome[] {
  return config.destinations.flatMap((destination, position) => {
    const own = rules[position];
    if (own === undefined) return [];
    return destination.tests.map((test, index): RuleTestOutcome => {
      const path = ['destinations', destination.index, 'tests', index];
      const fault = faultOf(test, destination, own, config);
      return { destination: destination.id, title: test.title ?? test.secret, path, fault };
    });
  });
}

function faultOf(
  test: RuleTestShape,
  destination: DestinationConfig,
  rules: DestinationRules,
  config: ReplicationConfig,
): string | undefined {
  const unselected = whyUnselected(config.source.select, destination.select, test.secret);
  if (unselected !== undefined) return unselected;
  try {
    const replicaName = rules.replicaName(test.secret);
    const place = placeOf(test, destination, config, replicaName);
    const result = rules.bind(place).run(new SecretValue(test.input)).value.reveal();
    return 'error' in test
      ? `expected ${test.error}, but the rules gave a value`
      : difference(test, replicaName, result);
  } catch (error) {
    return failureFault(test, error);
  }
}

function placeOf(
  test: RuleTestShape,
  destination: DestinationConfig,
  config: ReplicationConfig,
  replicaName: string,
): TransformPlace {
  const sourceAccount = test.sourceAccountId ?? EXAMPLE_ACCOUNT;
  return {
    region: destination.region,
    sourceRegion: config.source.region,
    account: test.accountId ?? destination.account ?? sourceAccount,
    sourceAccount,
    sourceName: test.secret,
    replicaName,
  };
}

function difference(
  test: Extract<RuleTestShape, { output: string }>,
  name: string,
  result: string | Uint8Array,
): string | undefined {
  if (test.replica !== undefined && test.replica !== name) return `the replica is called ${name}, not ${test.replica}`;
  if (result === test.output) return undefined;
  const at = firstDifference(String(result), test.output);
  const before = test.output.slice(0, at).split('\n');
  return `the result differs from the output at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1} of it`;
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

function failureFault(test: RuleTestShape, error: unknown): string | undefined {
  if (!(error instanceof ReplicatorError)) throw error;
  if (!('error' in test)) return `${error.code}: ${error.message}`;
  return error.code === test.error
    ? undefined
    : `expected ${test.error}, but it ended in ${error.code}: ${error.message}`;
}
