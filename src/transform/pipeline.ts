import { ReplicatorError } from '../core/failure.js';
import { SecretValue } from '../core/secret-value.js';
import type { BoundTransform, RuleReport, Transformed, TransformMode } from '../core/transformed.js';
import type { BoundStep, CompiledStep } from './step.js';

/** Largest secret value, in bytes of UTF-8 (Secrets Manager quotas). */
export const MAX_VALUE_BYTES = 65_536;

/** The steps that apply to one secret, ready to run. */
export function pipeline(
  steps: readonly CompiledStep[],
  bound: readonly BoundStep[],
  digest: string | undefined,
): BoundTransform {
  const mode = modeOf(steps);
  return {
    mode,
    digest,
    run: (value) => {
      const { result, rules } = throughSteps(value, bound);
      const transformed = { value: result, mode, rules, inputBytes: value.sizeBytes, outputBytes: result.sizeBytes };
      checkSize(transformed);
      return transformed;
    },
  };
}

function throughSteps(value: SecretValue, bound: readonly BoundStep[]): { result: SecretValue; rules: RuleReport[] } {
  if (bound.length === 0) return { result: value, rules: [] };
  let text = value.reveal();
  if (typeof text !== 'string') {
    const message =
      'a binary value cannot go through rules; limit the steps with names, or leave the secret out with select';
    throw new ReplicatorError('BinaryWithRules', message);
  }
  const rules: RuleReport[] = [];
  for (const step of bound) {
    const output = step(text);
    text = output.text;
    rules.push(...output.rules);
  }
  return { result: new SecretValue(text), rules };
}

function checkSize({ outputBytes }: Transformed): void {
  if (outputBytes > MAX_VALUE_BYTES) {
    throw new ReplicatorError(
      'ValueTooLarge',
      `the result has ${outputBytes} bytes; a secret holds at most ${MAX_VALUE_BYTES}`,
    );
  }
  if (outputBytes === 0)
    throw new ReplicatorError('ValueEmpty', 'the rules leave an empty value; a secret holds at least one byte');
}

function modeOf(steps: readonly CompiledStep[]): TransformMode {
  const kinds = new Set(steps.map((step) => step.kind));
  if (kinds.size > 1) return 'mixed';
  return steps[0]?.kind ?? 'none';
}
