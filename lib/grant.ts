import { Stack, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Grant } from '../src/core/access/grant.js';
import { partsOf } from './statement-parts.js';

/** Adds the statements, and to each wildcard among their resources its reason. A grant without resources is left out. */
export function grantTo(role: Role, grants: readonly Grant[]): void {
  for (const grant of grants) {
    const parts = partsOf(grant, (text) => readable(role, text).length);
    for (const part of parts) role.addToPolicy(statementOf(part));
    for (const resource of grant.resources) acknowledge(role, grant, resource);
  }
}

function statementOf({ id, effect, actions, resources, conditions }: Grant): PolicyStatement {
  return new PolicyStatement({
    sid: id,
    effect: effect === 'Deny' ? Effect.DENY : Effect.ALLOW,
    actions: [...actions],
    resources: [...resources],
    ...(conditions === undefined ? {} : { conditions }),
  });
}

function acknowledge(role: Role, { id, effect, wildcard }: Grant, resource: string): void {
  if (effect === 'Deny' || !/[*?]/.test(resource)) return;
  if (wildcard === undefined) throw new Error(`the grant ${id} has a wildcard and no reason for it`);
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${readable(role, resource)}]`,
    reason: wildcard,
  });
}

/** A text as findings print it: `arn:<AWS::Partition>:…`. */
function readable(role: Role, text: string): string {
  const resolved: unknown = Stack.of(role).resolve(text);
  if (typeof resolved === 'string') return resolved;
  const { 'Fn::Join': join } = resolved as { readonly 'Fn::Join'?: readonly [string, readonly unknown[]] };
  const [separator, parts] = join ?? ['', [resolved]];
  return parts
    .map((part) => {
      if (typeof part === 'string') return part;
      const { Ref = JSON.stringify(part) } = part as { readonly Ref?: string };
      return `<${Ref}>`;
    })
    .join(separator);
}
