import { ConfigError, placeOf, type ConfigIssue } from '../core/config-issues.js';
import type { CountShape } from '../core/step-schema.js';
import type { DestinationConfig } from '../core/config.js';
import { ReplicatorError } from '../core/failure.js';
import { checkAbsent } from './contract-absent.js';
import { checkJson } from './contract-json.js';
import { countMisses } from './hit-count.js';
import { lastText, type Run } from './run.js';
import { compileTemplate, type TextTemplate } from './text-template.js';
import { unknownVariable, type Values } from './variables.js';

/** What must hold of every result of a destination. */
export interface Contract {
  readonly variables: ReadonlySet<string>;
  /** Throws ReplicatorError ContractBroken: rule and key path, never a value. */
  readonly check: (run: Run, values: Values) => void;
}

/** Throws ConfigError: variables without a value. */
export function compileContract({ id, index, expect }: DestinationConfig, known: readonly string[]): Contract {
  const path = ['destinations', index, 'expect', 'absent'];
  const absent = (expect.absent ?? []).map(compileTemplate);
  const issues = absent.flatMap((template, position) => unknownIn(template, [...path, position], known));
  if (issues.length > 0) throw new ConfigError(issues);
  const place = `${id}.expect`;
  return {
    variables: new Set(absent.flatMap(({ variables }) => variables)),
    check: (run, values) => {
      if (expect.json !== undefined) checkJson(run, expect.json, place);
      if (expect.changed !== undefined) checkChanged(run, expect.changed, place);
      if (expect.hits !== undefined) checkHits(run, expect.hits, place);
      if (expect.maxBytes !== undefined) checkSize(run, expect.maxBytes, place);
      checkAbsent(
        lastText(run.stages),
        absent.map((template) => template.resolve(values)),
        place,
      );
    },
  };
}

function unknownIn({ variables }: TextTemplate, path: readonly PropertyKey[], known: readonly string[]): ConfigIssue[] {
  return variables
    .filter((name) => !known.includes(name))
    .map((name) => ({ path, message: `${placeOf(path)}: ${unknownVariable(name, known)}` }));
}

/** Where no step applies nothing could have changed it. */
function checkChanged(run: Run, expected: boolean, place: string): void {
  const [source, ...made] = run.stages;
  const changer = made.find((stage, index) => stage.text !== (run.stages[index]?.text ?? ''));
  const changed = lastText(run.stages) !== source.text;
  if (made.length === 0 || changed === expected) return;
  const found = expected ? 'the rules left the value as it was' : `${changer?.by ?? 'a rule'} changed the value`;
  throw new ReplicatorError('ContractBroken', `${place}.changed: ${found}`);
}

function checkHits(run: Run, expected: CountShape, place: string): void {
  const total = run.rules.reduce((sum, { hits }) => sum + hits, 0);
  const miss = run.stages.length > 1 ? countMisses(total, expected) : undefined;
  if (miss !== undefined) throw new ReplicatorError('ContractBroken', `${place}.hits: the rules together ${miss}`);
}

function checkSize({ outputBytes }: Run, maxBytes: number, place: string): void {
  if (outputBytes <= maxBytes) return;
  throw new ReplicatorError(
    'ContractBroken',
    `${place}.maxBytes: the result has ${outputBytes} bytes, more than ${maxBytes}`,
  );
}
