import type { SedStepShape } from '../core/step-schema.js';
import type { RuleReport } from '../core/transformed.js';
import { checkRuleHits } from './hit-count.js';
import { applyEdits, type Edit } from './json-edits.js';
import { jsonContainer, requireJson } from './json-detect.js';
import type { JsonNode, JsonString } from './json-text.js';
import { compileScript, type BoundScript } from './script.js';
import type { CompiledStep, StepOutput, StepPlace } from './step.js';

/** Throws ConfigError. */
export function compileSedStep(step: SedStepShape, place: StepPlace, known: readonly string[]): CompiledStep {
  const file = step.name ?? `${place.name}.sed`;
  const mode = step.mode ?? 'text';
  const path = [...place.path, 'sed'];
  const script = compileScript({ text: step.sed, extended: step.extended ?? false, file, path, known });
  return {
    file,
    kind: 'sed',
    names: step.names,
    variables: script.variables,
    canonical: { ...script.canonical, mode },
    bind: (values) => {
      const run = throughMode(script.bind(values), mode, file);
      return (text) => {
        const output = run(text);
        const total = output.rules.reduce((sum, { hits }) => sum + hits, 0);
        checkRuleHits(total, step.hits, file);
        return output;
      };
    },
  };
}

function throughMode(run: BoundScript, mode: 'text' | 'json' | 'auto', file: string): BoundScript {
  if (mode === 'text') return run;
  return (text) => {
    const root = mode === 'json' ? requireJson(text, file) : jsonContainer(text);
    return root === undefined ? run(text) : throughStrings(text, root, run);
  };
}

/** The script on every text inside a JSON value, names of members excepted; whatever it leaves alone keeps its bytes. */
function throughStrings(text: string, root: JsonNode, run: BoundScript): StepOutput {
  const edits: Edit[] = [];
  let rules: readonly RuleReport[] = [];
  for (const { start, end, value } of stringsOf(root)) {
    const output = run(value);
    if (output.text !== value) edits.push({ start, end, text: JSON.stringify(output.text) });
    rules = summed(rules, output.rules);
  }
  return { text: applyEdits(text, edits), rules };
}

function stringsOf(node: JsonNode): JsonString[] {
  if (node.kind === 'string') return [node];
  if (node.kind === 'array') return node.items.flatMap(stringsOf);
  return node.kind === 'object' ? node.members.flatMap(({ value }) => stringsOf(value)) : [];
}

/** A program reports its rules in the same order on every text. */
function summed(before: readonly RuleReport[], more: readonly RuleReport[]): readonly RuleReport[] {
  return more.map((rule, index) => ({ ...rule, hits: rule.hits + (before[index]?.hits ?? 0) }));
}
