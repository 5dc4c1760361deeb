import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { EventBridgeClient, ListRulesCommand } from '@aws-sdk/client-eventbridge';
import type { ClientConfig } from './client-config.js';
import { failureOf } from './failures.js';

export interface EventRule {
  readonly name: string;
  readonly isOn: boolean;
  /** As JSON. */
  readonly pattern: string;
}

/** Pages of a hundred rules; a bus has 300 unless somebody asked for more (EventBridge quotas). */
const MAX_PAGES = 20;

/** Rules on events of the region's default bus. Rejects with ReplicatorError. */
export async function eventRules(config: ClientConfig, signal: AbortSignal): Promise<readonly EventRule[]> {
  const client = new EventBridgeClient(config);
  const rules: EventRule[] = [];
  let from: string | undefined;
  try {
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const command = new ListRulesCommand(from === undefined ? {} : { NextToken: from });
      const { Rules = [], NextToken } = await client.send(command, { abortSignal: signal });
      for (const { Name, State, EventPattern } of Rules)
        if (Name !== undefined && EventPattern !== undefined)
          rules.push({ name: Name, isOn: State !== 'DISABLED', pattern: EventPattern });
      if (NextToken === undefined) break;
      from = NextToken;
    }
    return rules;
  } catch (thrown) {
    throw failureOf(thrown, 'ListRules', config.region);
  }
}

/** Seconds; the longest period of which a sum over days is made. */
const DAY = 86_400;

/** How many events a rule of the default bus has passed on between two instants. Rejects with ReplicatorError. */
export async function passedOn(
  config: ClientConfig,
  rule: string,
  { from, to }: { readonly from: number; readonly to: number },
  signal: AbortSignal,
): Promise<number> {
  const Metric = {
    Namespace: 'AWS/Events',
    MetricName: 'Invocations',
    Dimensions: [{ Name: 'RuleName', Value: rule }],
  };
  const command = new GetMetricDataCommand({
    MetricDataQueries: [{ Id: 'events', MetricStat: { Metric, Period: DAY, Stat: 'Sum' } }],
    StartTime: new Date(from),
    EndTime: new Date(to),
  });
  try {
    const { MetricDataResults = [] } = await new CloudWatchClient(config).send(command, { abortSignal: signal });
    return MetricDataResults.flatMap(({ Values = [] }) => Values).reduce((sum, value) => sum + value, 0);
  } catch (thrown) {
    throw failureOf(thrown, 'GetMetricData', config.region);
  }
}
