import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { AlarmTopic } from './alarm-topic.js';
import type { CheckedProps } from './checked-props.js';

export interface AlarmNoticeProps extends Pick<CheckedProps, 'alarmTopic' | 'alarmEmails'> {
  readonly alarms: readonly Alarm[];
  /** For a topic made here. Undefined: a key of its own. */
  readonly key: IKey | undefined;
}

/** Who hears of alarms: a topic of the caller's, or one made here as soon as there is anybody to tell. */
export class AlarmNotice extends Construct {
  /** Undefined: alarms change their state and tell no topic. */
  readonly topic: ITopic | undefined;

  constructor(scope: Construct, id: string, { alarms, key, alarmTopic, alarmEmails = [] }: AlarmNoticeProps) {
    super(scope, id);
    const wanted = alarmTopic ?? (alarmEmails.length > 0 ? 'new' : undefined);
    const topic = wanted === 'new' ? new AlarmTopic(this, 'Topic', key).topic : wanted;
    this.topic = topic;
    if (topic === undefined) return;
    const action = new SnsAction(topic);
    for (const alarm of alarms) {
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
    }
    for (const address of alarmEmails) topic.addSubscription(new EmailSubscription(address));
  }
}
