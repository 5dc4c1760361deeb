import type { JsonStepShape } from '../core/step-schema.js';
import { collectIssues } from './collect-issues.js';
import { checkRuleHits } from './hit-count.js';
import { applyEdits } from './json-edits.js';
import { jsonContainer, requireJson } from './json-detect.js';
import { compileJsonRule, type BoundJsonRule, type CompiledJsonRule } from './json-rule.js';
import type { CompiledStep, StepOutput, StepPlace } from './step.js';

/** Throws ConfigError with the issues of every rule of the step. */
export function compileJsonStep(step: JsonStepShape, place: StepPlace, known: readonly string[]): CompiledStep {
  const rules = collectIssues(
    step.json.map((rule, index) => () => {
      const at = { name: `${place.name}.json[${index}]`, path: [...place.path, 'json', index] };
      return compileJsonRule(rule, at, known);
    }),
  );
  return {
    file: place.name,
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
  let root = requireJson(text, file);
  const rules = bound.map(({ rule, edit }) => {
    const { edits, hits } = edit(text, root);
    if (edits.length > 0) {
      text = applyEdits(text, edits);
      root = requireJson(text, file);
    }
    checkRuleHits(hits, rule.hits, rule.file);
    return report(rule, hits);
  });
  return { text, rules };
}

function report({ file }: CompiledJsonRule, hits: number) {
  return { file, line: 1, column: 1, hits };
}
