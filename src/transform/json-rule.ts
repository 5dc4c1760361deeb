import { ConfigError, placeOf } from '../core/config-issues.js';
import type { CountShape, JsonRuleShape } from '../core/step-schema.js';
import { ReplicatorError } from '../core/failure.js';
import type { Edit } from './json-edits.js';
import { compileQuery, JsonPathError, type JsonQuery } from './json-query.js';
import { removalEdits } from './json-removal.js';
import { createdMembers } from './json-creation.js';
import { compileJsonTemplate } from './json-template.js';
import type { JsonNode } from './json-text.js';
import { plainValue } from './json-tree.js';
import { compileScript } from './script.js';
import type { StepPlace } from './step.js';
import type { Values } from './variables.js';

/** What a rule does to one JSON text, and how many matches it changed. */
interface RuleEdits {
  readonly edits: readonly Edit[];
  readonly hits: number;
}

/** Throws ReplicatorError RuleFailed. */
export type BoundJsonRule = (text: string, root: JsonNode) => RuleEdits;

export interface CompiledJsonRule {
  /** `dr.transform[1].json[0]` */
  readonly file: string;
  readonly hits: CountShape | undefined;
  readonly variables: ReadonlySet<string>;
  readonly canonical: unknown;
  readonly bind: (values: Values) => BoundJsonRule;
}

/** Throws ConfigError. */
export function compileJsonRule(rule: JsonRuleShape, place: StepPlace, known: readonly string[]): CompiledJsonRule {
  const query = queryOf(rule.path, place);
  return { file: place.name, hits: rule.hits, ...compiledKind(rule, query, place, known) };
}

type Kind = Pick<CompiledJsonRule, 'variables' | 'canonical' | 'bind'>;

function compiledKind(rule: JsonRuleShape, query: JsonQuery, place: StepPlace, known: readonly string[]): Kind {
  if ('sed' in rule) return sedRule(rule, query, place, known);
  if ('set' in rule) return setRule(rule, query, place, known);
  if ('rename' in rule) return renameRule(rule, query, place, known);
  const canonical = { path: rule.path, remove: true };
  return { variables: new Set(), canonical, bind: () => (_, root) => removed(query, root, place.name) };
}

function queryOf(path: string, place: StepPlace): JsonQuery {
  try {
    return compileQuery(path, place.name);
  } catch (error) {
    if (!(error instanceof JsonPathError)) throw error;
    const at = [...place.path, 'path'];
    const issue = { path: at, message: `${placeOf(at)} ${error.message}`, script: { line: 1, column: error.column } };
    throw new ConfigError([issue], { cause: error });
  }
}

type RuleOf<Key extends string> = Extract<JsonRuleShape, Record<Key, unknown>>;

/** Selected texts only: a number, a list or an object on the path stays as it is. */
function sedRule(rule: RuleOf<'sed'>, query: JsonQuery, place: StepPlace, known: readonly string[]): Kind {
  const script = compileScript({
    text: rule.sed,
    extended: rule.extended ?? false,
    file: `${place.name}.sed`,
    path: [...place.path, 'sed'],
    known,
  });
  return {
    variables: script.variables,
    canonical: { path: rule.path, ...script.canonical },
    bind: (values) => {
      const run = script.bind(values);
      return (_, root) => {
        const edits = query.select(root).flatMap(({ node }): Edit[] => {
          if (node.kind !== 'string') return [];
          const result = run(node.value).text;
          return result === node.value ? [] : [{ start: node.start, end: node.end, text: JSON.stringify(result) }];
        });
        return { edits, hits: edits.length };
      };
    },
  };
}

/** A path that ends in one name also creates it, where the object that should hold it is there. */
function setRule(rule: RuleOf<'set'>, query: JsonQuery, place: StepPlace, known: readonly string[]): Kind {
  const template = compileJsonTemplate(rule.set, [...place.path, 'set'], known);
  return {
    variables: template.variables,
    canonical: { path: rule.path, set: rule.set },
    bind: (values) => {
      const value = template.resolve(values);
      return (text, root) => {
        const edits = query
          .select(root)
          .filter(({ node }) => JSON.stringify(plainValue(node)) !== value)
          .map(({ node }) => ({ start: node.start, end: node.end, text: value }));
        edits.push(...createdMembers(text, root, query, value));
        return { edits, hits: edits.length };
      };
    },
  };
}

function renameRule(rule: RuleOf<'rename'>, query: JsonQuery, place: StepPlace, known: readonly string[]): Kind {
  const template = compileJsonTemplate(rule.rename, [...place.path, 'rename'], known);
  return {
    variables: template.variables,
    canonical: { path: rule.path, rename: rule.rename },
    bind: (values) => {
      const name = template.resolve(values);
      return (_, root) => renamed(query, root, name, place.name);
    },
  };
}

function renamed(query: JsonQuery, root: JsonNode, name: string, file: string): RuleEdits {
  const taken = new Set<number>();
  const edits = query.select(root).flatMap(({ holder }): Edit[] => {
    if (holder?.kind !== 'member')
      throw new ReplicatorError('RuleFailed', `${file}: only a member of an object has a name to change`);
    if (JSON.stringify(holder.member.name.value) === name) return [];
    const clash = holder.object.members.some((member) => JSON.stringify(member.name.value) === name);
    if (clash || taken.has(holder.object.start)) {
      throw new ReplicatorError('RuleFailed', `${file}: the new name already stands in the same object`);
    }
    taken.add(holder.object.start);
    return [{ start: holder.member.name.start, end: holder.member.name.end, text: name }];
  });
  return { edits, hits: edits.length };
}

function removed(query: JsonQuery, root: JsonNode, file: string): RuleEdits {
  const holders = query.select(root).map(({ holder }) => {
    if (holder === undefined) throw new ReplicatorError('RuleFailed', `${file}: the whole value cannot be removed`);
    return holder;
  });
  return { edits: removalEdits(holders), hits: holders.length };
}
