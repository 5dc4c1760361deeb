import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import {
  ApiDestination,
  Authorization,
  Connection,
  EventField,
  HttpMethod,
  Rule,
  RuleTargetInput,
  type IApiDestination,
} from 'aws-cdk-lib/aws-events';
import { ApiDestination as PostTo } from 'aws-cdk-lib/aws-events-targets';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { deadLetterQueueOfRule } from './change-queue.js';
import { RULE_RETRY } from './queue-target.js';
import type { AlarmWebhookProps } from './replicator-props.js';

/** Posts a second; alarms that change all at once wait. */
const RATE_PER_SECOND = 5;
/** A pattern holds 2048 characters and a name up to 255, so this many always fit (EventBridge and CloudWatch quotas). */
const ALARMS_PER_RULE = 6;

/** Posts each change of state of our alarms; what cannot be posted for a day lies in a queue that an alarm watches. */
export class AlarmWebhook extends Construct {
  readonly undelivered: Queue;
  readonly #destination: IApiDestination;

  constructor(scope: Construct, id: string, props: AlarmWebhookProps, key: IKey | undefined) {
    super(scope, id);
    this.undelivered = deadLetterQueueOfRule(this, 'Undelivered', key);
    const connection = new Connection(this, 'Connection', {
      description: 'What the webhook of the secrets replicator asks for',
      authorization: Authorization.apiKey(props.header ?? 'Authorization', props.token),
    });
    this.#destination = new ApiDestination(this, 'Destination', {
      connection,
      endpoint: props.url,
      httpMethod: HttpMethod.POST,
      rateLimitPerSecond: RATE_PER_SECOND,
      // The CDK's types do not tell an optional property from one that may be undefined.
    }) as IApiDestination;
  }

  tellOf(alarms: readonly Alarm[]): void {
    const field = (path: string) => EventField.fromPath(`$.detail.${path}`);
    const text = `${field('alarmName')} is ${field('state.value')}: ${field('state.reason')} ${field('configuration.description')}`;
    const target = new PostTo(this.#destination, {
      deadLetterQueue: this.undelivered,
      event: RuleTargetInput.fromObject({ text }),
      ...RULE_RETRY,
    });
    for (let first = 0; first < alarms.length; first += ALARMS_PER_RULE) {
      const alarmName = alarms.slice(first, first + ALARMS_PER_RULE).map((alarm) => alarm.alarmName);
      // oxlint-disable-next-line no-new
      new Rule(this, `Changes${first / ALARMS_PER_RULE + 1}`, {
        description: 'Alarms of the secrets replicator that changed their state',
        eventPattern: {
          source: ['aws.cloudwatch'],
          detailType: ['CloudWatch Alarm State Change'],
          detail: { alarmName },
        },
        targets: [target],
      });
    }
  }
}
