import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { keyOfStack, letUse, ofThisAccount, USERS } from './encryption-key.js';

/**
 * A topic that alarms of this account and region may notify and nobody may reach without TLS. It always has a key, its own
 * unless one is given: CloudWatch may not use `aws/sns`, and an alarm on a topic whose key it may not use is lost in silence.
 */
export class AlarmTopic extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, given: IKey | undefined) {
    super(scope, id);
    const key = given ?? this.#ownKey();
    this.topic = new Topic(this, 'Topic', { masterKey: key, enforceSSL: true });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsPublish',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: ofThisAccount(Stack.of(this).region, USERS.alarms.service, USERS.alarms.kind),
      }),
    );
  }

  #ownKey(): IKey {
    const key = keyOfStack(this, 'Key', 'Encrypts notifications of the alarms of the secrets replicator');
    letUse(key, USERS.alarms);
    return key;
  }
}
