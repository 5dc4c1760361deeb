import type { Grant } from './grant.js';

/** A statement as IAM reads it. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: NonNullable<Grant['conditions']>;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly PolicyStatement[];
}

/** Grants as a policy that can be pasted; one without resources grants nothing and is left out. */
export function policyDocument(grants: readonly Grant[]): PolicyDocument {
  const statements = grants.filter(({ resources }) => resources.length > 0).map(statementOf);
  return { Version: '2012-10-17', Statement: statements };
}

function statementOf({ id, effect, actions, resources, conditions }: Grant): PolicyStatement {
  const condition = conditions === undefined ? {} : { Condition: conditions };
  return { Sid: id, Effect: effect ?? 'Allow', Action: actions, Resource: resources, ...condition };
}
