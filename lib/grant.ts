import { Stack, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement, type Role } from 'aws-cdk-lib/aws-iam';
import type { Grant } from '../src/core/access/grant.js';

/** Adds the statements, and to each wildcard among their resources its reason. A grant without resources is left out. */
export function grantTo(role: Role, grants: readonly Grant[]): void {
  for (const grant of grants) {
    if (grant.resources.length === 0) continue;
    role.addToPolicy(
      new PolicyStatement({
        sid: grant.id,
        effect: grant.effect === 'Deny' ? Effect.DENY : Effect.ALLOW,
        actions: [...grant.actions],
        resources: [...grant.resources],
        ...(grant.conditions === undefined ? {} : { conditions: grant.conditions }),
      }),
    );
    for (const resource of grant.resources) acknowledge(role, grant, resource);
  }
}

function acknowledge(role: Role, { id, effect, wildcard }: Grant, resource: string): void {
  if (effect === 'Deny' || !/[*?]/.test(resource)) return;
  if (wildcard === undefined) throw new Error(`the grant ${id} has a wildcard and no reason for it`);
  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${readable(role, resource)}]`,
    reason: wildcard,
  });
}

/** A resource as findings print it: `arn:<AWS::Partition>:…`. */
function readable(role: Role, resource: string): string {
  const resolved: unknown = Stack.of(role).resolve(resource);
  if (typeof resolved === 'string') return resolved;
  const [separator, parts] = (resolved as { readonly 'Fn::Join': readonly [string, readonly unknown[]] })['Fn::Join'];
  return parts.map((part) => (typeof part === 'string' ? part : `<${(part as { Ref: string }).Ref}>`)).join(separator);
}
