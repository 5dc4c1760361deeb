import { ReplicatorError } from '../../src/core/failure.js';
import { parseConfig } from '../../src/core/check-config.js';
import { SecretValue } from '../../src/core/secret-value.js';
import type { DestinationRules, TransformPlace } from '../../src/core/transformed.js';
import { compileRules } from '../../src/transform/destination-rules.js';
import { compileJsonStep } from '../../src/transform/json-step.js';

/** The rules of one destination, `dr` in us-west-2, given the keys that matter to the test. */
export function rulesOf(destination: object): DestinationRules {
  const destinations = [{ name: 'dr', region: 'us-west-2', ...destination }];
  const [only] = parseConfig({ version: 1, source: { region: 'us-east-1' }, destinations }).destinations;
  if (only === undefined) throw new Error('one destination was configured');
  return compileRules(only, compileJsonStep);
}

export function placeOf(sourceName: string, replicaName = sourceName): TransformPlace {
  return {
    region: 'us-west-2',
    sourceRegion: 'us-east-1',
    account: '444455556666',
    sourceAccount: '111122223333',
    sourceName,
    replicaName,
  };
}

/** What the destination's chain makes of a text, for the secret `app/db`. */
export function transformed(destination: object, text: string): string {
  return String(rulesOf(destination).bind(placeOf('app/db')).run(new SecretValue(text)).value.reveal());
}

/** Code and sentence of the ReplicatorError that this ends in. */
export function failureOf(act: () => unknown): string {
  try {
    act();
    return 'none';
  } catch (error) {
    if (error instanceof ReplicatorError) return `${error.code}: ${error.message}`;
    throw error;
  }
}
