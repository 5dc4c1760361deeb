import type { Template } from './synthesized.js';
import { propertiesOf, resolved } from './template-resources.js';

/** A call as IAM sees it. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  /** Condition keys of the request; one that is not there is absent. */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** A statement of a policy, its tokens resolved. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** Every statement of the template's identity policies, resolved. */
export function statementsOf(template: Template): readonly Statement[] {
  const policies = propertiesOf(template, 'AWS::IAM::Policy');
  return [...policies.values()].flatMap(
    ({ PolicyDocument }) => (resolved(PolicyDocument) as { Statement: Statement[] }).Statement,
  );
}

/** IAM's decision on one identity policy: a matching Deny wins, a matching Allow is needed. */
export function allows(statements: readonly Statement[], call: Call): boolean {
  const matching = statements.filter((statement) => matches(statement, call));
  return matching.some(({ Effect }) => Effect === 'Allow') && !matching.some(({ Effect }) => Effect === 'Deny');
}

function matches({ Action, Resource, Condition = {} }: Statement, { action, resource, context = {} }: Call): boolean {
  return (
    list(Action).some((pattern) => like(pattern.toLowerCase(), action.toLowerCase())) &&
    list(Resource).some((pattern) => like(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, allowed]) => holds(operator, list(allowed), valuesOf(context, key))),
    )
  );
}

function valuesOf(context: NonNullable<Call['context']>, key: string): readonly string[] | undefined {
  const found = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found === undefined ? undefined : list(found[1]);
}

function holds(operator: string, allowed: readonly string[], given: readonly string[] | undefined): boolean {
  const equal = (value: string) => allowed.includes(value);
  switch (operator) {
    case 'StringEquals':
      return given?.length === 1 && given.every(equal);
    case 'Bool':
      return given?.length === 1 && given.every(equal);
    case 'ArnLike':
    case 'StringLike':
      return given?.length === 1 && given.every((value) => allowed.some((pattern) => like(pattern, value)));
    case 'ForAllValues:StringEquals':
      return (given ?? []).every(equal);
    case 'ForAllValues:StringNotEquals':
      return !(given ?? []).some(equal);
    case 'BoolIfExists':
      return given === undefined || given.every(equal);
    case 'ForAnyValue:StringEquals':
      return (given ?? []).some(equal);
    default:
      throw new Error(`the evaluator does not know ${operator}`);
  }
}

/** An IAM pattern: * any run of characters, ? exactly one. */
function like(pattern: string, text: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

const list = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);
