import { ReplicatorError } from '../core/failure.js';
import { SecretValue } from '../core/secret-value.js';
import type { BoundTransform, RuleReport, Transformed, TransformMode } from '../core/transformed.js';
import { lastText, type Run, type Stage } from './run.js';
import type { BoundStep, CompiledStep } from './step.js';

/** Largest secret value, in bytes of UTF-8 (Secrets Manager quotas). */
export const MAX_VALUE_BYTES = 65_536;

/** A step and its form for one set of values. */
export interface PipelineStep {
  readonly step: CompiledStep;
  readonly run: BoundStep;
}

/** The steps that apply to one secret, ready to run. `check` judges the finished run of a text; it throws ContractBroken. */
export function pipeline(
  steps: readonly PipelineStep[],
  digest: string | undefined,
  check: (run: Run) => void,
): BoundTransform {
  const mode = modeOf(steps);
  return {
    mode,
    digest,
    run: (value) => {
      const text = value.reveal();
      if (typeof text !== 'string') return { ...unchanged(value, steps), mode };
      const { stages, rules } = throughSteps(text, steps);
      const result = new SecretValue(lastText(stages));
      const transformed = { value: result, mode, rules, inputBytes: value.sizeBytes, outputBytes: result.sizeBytes };
      checkSize(transformed);
      check({ stages, rules, outputBytes: transformed.outputBytes });
      return transformed;
    },
  };
}

function unchanged(value: SecretValue, steps: readonly PipelineStep[]): Omit<Transformed, 'mode'> {
  if (steps.length === 0) return { value, rules: [], inputBytes: value.sizeBytes, outputBytes: value.sizeBytes };
  const message =
    'a binary value cannot go through rules; limit the steps with names, or leave the secret out with select';
  throw new ReplicatorError('BinaryWithRules', message);
}

function throughSteps(
  source: string,
  steps: readonly PipelineStep[],
): { stages: [Stage, ...Stage[]]; rules: RuleReport[] } {
  const stages: [Stage, ...Stage[]] = [{ by: 'the source', text: source }];
  const rules: RuleReport[] = [];
  for (const { step, run } of steps) {
    const output = run(lastText(stages));
    stages.push({ by: step.file, text: output.text });
    rules.push(...output.rules);
  }
  return { stages, rules };
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

function modeOf(steps: readonly PipelineStep[]): TransformMode {
  const kinds = new Set(steps.map(({ step }) => step.kind));
  return kinds.size > 1 ? 'mixed' : (steps[0]?.step.kind ?? 'none');
}
