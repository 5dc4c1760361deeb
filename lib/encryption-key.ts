import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key, type IKey } from 'aws-cdk-lib/aws-kms';
import type { Construct } from 'constructs';

/** A key that goes with the stack: nothing that outlives the stack is encrypted with it. */
export function keyOfStack(scope: Construct, id: string, description: string): Key {
  return new Key(scope, id, {
    description,
    enableKeyRotation: true,
    removalPolicy: RemovalPolicy.DESTROY,
    pendingWindow: Duration.days(7),
  });
}

/** Whom a key serves besides roles: rules that put events into the queues, alarms that notify the topic. */
export const USERS = {
  rules: { sid: 'RulesUseKey', service: 'events', kind: 'rule/*' },
  alarms: { sid: 'AlarmsUseKey', service: 'cloudwatch', kind: 'alarm:*' },
} as const;

type User = (typeof USERS)[keyof typeof USERS];

/** Lets the service use the key for this account and region only. The policy of an imported key is its owner's to write. */
export function letUse(key: IKey, { sid, service, kind }: User): void {
  key.addToResourcePolicy(
    new PolicyStatement({
      sid,
      principals: [new ServicePrincipal(`${service}.amazonaws.com`)],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      // In the policy of a key, * is this key.
      resources: ['*'],
      conditions: ofThisAccount(Stack.of(key).region, service, kind),
    }),
  );
}

export function ofThisAccount(region: string, service: string, kind: string) {
  return {
    StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
    ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:${service}:${region}:${Aws.ACCOUNT_ID}:${kind}` },
  };
}
