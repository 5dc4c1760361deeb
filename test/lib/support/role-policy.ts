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

/** The statements of a policy document, resolved. */
export function statementsIn(document: unknown): readonly Statement[] {
  return (resolved(document) as { readonly Statement: readonly Statement[] }).Statement;
}

/** Every statement of the role's policies, resolved; the role by a part of its logical id. */
export function statementsOf(template: Template, role = FUNCTION_ROLE): readonly Statement[] {
  return policiesOf(template, role).flatMap(({ document }) => statementsIn(document));
}

/** The role's policies, and how many characters IAM lets each have (IAM quotas; blanks do not count). */
export function policiesOf(template: Template, role = FUNCTION_ROLE) {
  const ofRole = (type: 'AWS::IAM::Policy' | 'AWS::IAM::ManagedPolicy', quota: number) =>
    [...propertiesOf(template, type).values()]
      .filter(({ Roles }) => Roles.map(resolved).some((id) => role.test(String(id))))
      .map(({ PolicyDocument }) => ({ document: PolicyDocument, quota }));
  return [...ofRole('AWS::IAM::Policy', 10_240), ...ofRole('AWS::IAM::ManagedPolicy', 6_144)];
}

/** Of the function, or of another account. */
const FUNCTION_ROLE = /^(SecretsReplicatorRole|ReplicaRole)[0-9A-F]{8}$/;

/** IAM's decision on one identity policy: a matching Deny wins, a matching Allow is needed. */
export function allows(statements: readonly Statement[], call: Call): boolean {
  const matching = statements.filter((statement) => matches(statement, call));
  return matching.some(({ Effect }) => Effect === 'Allow') && !matching.some(({ Effect }) => Effect === 'Deny');
}

const KNOWN = new Set(['Sid', 'Effect', 'Principal', 'Action', 'Resource', 'Condition']);

function matches(statement: Statement, { action, resource, context = {} }: Call): boolean {
  for (const key of Object.keys(statement)) if (!KNOWN.has(key)) throw new Error(`the evaluator does not know ${key}`);
  const { Action, Resource, Condition = {} } = statement;
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

/** Whether one value that a request has fits one that a policy names. Keys with several values need a set operator. */
const FITS: Readonly<Record<string, (wanted: string, given: string) => boolean>> = {
  StringEquals: (wanted, given) => wanted === given,
  StringLike: like,
  Bool: (wanted, given) => wanted.toLowerCase() === given.toLowerCase(),
  // IAM user guide, condition operators: these two mean the same.
  ArnEquals: likeArn,
  ArnLike: likeArn,
};

function holds(operator: string, wanted: readonly string[], given: readonly string[] | undefined): boolean {
  const [, set, not, name = '', ifExists] =
    /^(?:(ForAllValues|ForAnyValue):)?(?:(StringNot)(?=Equals|Like))?(\w+?)(IfExists)?$/.exec(operator) ?? [];
  const fits = FITS[not === undefined ? name : `String${name}`];
  if (fits === undefined) throw new Error(`the evaluator does not know ${operator}`);
  const holdsFor = (value: string) => wanted.some((one) => fits(one, value)) === (not === undefined);
  if (set === 'ForAllValues') return (given ?? []).every(holdsFor);
  if (set === 'ForAnyValue') return (given ?? []).some(holdsFor);
  // A negated operator holds for a key that is not there, any other only with IfExists.
  if (given === undefined) return ifExists !== undefined || not !== undefined;
  return given.length === 1 && given.every(holdsFor);
}

/** Part by part, so that a * of one part of an ARN never reaches into the next. */
function likeArn(pattern: string, text: string): boolean {
  const [wanted, given] = [partsOf(pattern), partsOf(text)];
  return wanted.length === given.length && wanted.every((part, index) => like(part, given[index] ?? ''));
}

/** Six of them, the last with its colons. */
function partsOf(arn: string): readonly string[] {
  const parts = arn.split(':');
  return [...parts.slice(0, 5), ...(parts.length > 5 ? [parts.slice(5).join(':')] : [])];
}

/** An IAM pattern: * any run of characters, ? exactly one. */
function like(pattern: string, text: string): boolean {
  if (pattern.includes('${')) throw new Error(`the evaluator does not know the variable in ${pattern}`);
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(text);
}

const list = (value: string | readonly string[]): readonly string[] => (typeof value === 'string' ? [value] : value);
