import { Aws, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

/**
 * A topic that alarms of this account and region may notify and nobody may reach without TLS. Its key is its own: CloudWatch
 * may not use `aws/sns`, and an alarm on a topic whose key it may not use is lost in silence.
 */
export class AlarmTopic extends Construct {
  readonly topic: Topic;
  readonly key: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const cloudWatch = new ServicePrincipal('cloudwatch.amazonaws.com');
    const conditions = ofOurAlarms(Stack.of(this).region);
    this.key = new Key(this, 'Key', {
      description: 'Encrypts notifications of the alarms of the secrets replicator',
      enableKeyRotation: true,
      // Nothing that is kept is encrypted with it.
      removalPolicy: RemovalPolicy.DESTROY,
      pendingWindow: Duration.days(7),
    });
    this.topic = new Topic(this, 'Topic', { masterKey: this.key, enforceSSL: true });
    // In the policy of a key, * is this key.
    const actions = ['kms:Decrypt', 'kms:GenerateDataKey*'];
    this.key.addToResourcePolicy(
      new PolicyStatement({ sid: 'AlarmsUseKey', principals: [cloudWatch], actions, resources: ['*'], conditions }),
    );
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AlarmsPublish',
        principals: [cloudWatch],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions,
      }),
    );
  }
}

const ofOurAlarms = (region: string) => ({
  StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
  ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:cloudwatch:${region}:${Aws.ACCOUNT_ID}:alarm:*` },
});
