import { ReplicatorError } from '../core/failure.js';
import type { JsonStepShape } from '../core/config-schema.js';
import { applyEdits } from './json-edits.js';
import { compileJsonRule, type BoundJsonRule, type CompiledJsonRule } from './json-rule.js';
import { JsonSyntaxError, parseJsonText, type JsonNode } from './json-text.js';
import type { CompiledStep, StepOutput, StepPlace } from './step.js';
import { collectIssues } from './collect-issues.js';

/** Throws ConfigError with the issues of every rule of the step. */
export function compileJsonStep(step: JsonStepShape, place: StepPlace, known: readonly string[]): CompiledStep {
  const rules = collectIssues(
    step.json.map((rule, index) => () => {
      const at = { name: `${place.name}.json[${index}]`, path: [...place.path, 'json', index] };
      return compileJsonRule(rule, at, known);
    }),
  );
  return {
    kind: 'json',
    names: step.names,
    variables: new Set(rules.flatMap(({ variables }) => [...variables])),
    canonical: { json: rules.map(({ canonical }) => canonical), mode: step.mode ?? 'json' },
    bind: (values) => {
      const bound = rules.map((rule) => ({ rule, edit: rule.bind(values) }));
      return (text) => runRules(text, bound, step.mode === 'auto', place.name);
    },
  };
}

interface BoundRule {
  readonly rule: CompiledJsonRule;
  readonly edit: BoundJsonRule;
}

function runRules(source: string, bound: readonly BoundRule[], auto: boolean, file: string): StepOutput {
  if (auto && jsonContainer(source) === undefined)
    return { text: source, rules: bound.map(({ rule }) => report(rule, 0)) };
  let text = source;
  let root = parsed(text, file);
  const rules = bound.map(({ rule, edit }) => {
    const { edits, hits } = edit(text, root);
    if (edits.length > 0) {
      text = applyEdits(text, edits);
      root = parsed(text, file);
    }
    return report(rule, hits);
  });
  return { text, rules };
}

/** The one detector behind `mode: auto`: a text that is a JSON object or list. */
export function jsonContainer(text: string): JsonNode | undefined {
  try {
    const node = parseJsonText(text);
    return node.kind === 'object' || node.kind === 'array' ? node : undefined;
  } catch (error) {
    if (error instanceof JsonSyntaxError) return undefined;
    throw error;
  }
}

export function parsed(text: string, file: string): JsonNode {
  try {
    return parseJsonText(text);
  } catch (error) {
    if (!(error instanceof JsonSyntaxError)) throw error;
    const message = `${file} takes a JSON value: ${error.message} of the value; limit the step with names, or give it mode: auto`;
    throw new ReplicatorError('RuleFailed', message, { cause: error });
  }
}

function report({ file }: CompiledJsonRule, hits: number) {
  return { file, line: 1, column: 1, hits };
}
