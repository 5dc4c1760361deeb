import { Duration, Names, Stack } from 'aws-cdk-lib';
import { AlarmStatusWidget, Dashboard, type Alarm, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { ReplicationConfig } from '../src/core/config.js';
import type { MetricKey, Statistic } from '../src/core/metrics.js';
import type { ChangeQueue } from './change-queue.js';
import { DashboardMetrics } from './dashboard-metrics.js';
import { COLUMNS, graph, value } from './dashboard-widgets.js';
import { costWidgets, letterWidgets } from './platform-widgets.js';
import type { ReplicatorFunction } from './replicator-function.js';

/** Characters of a dashboard's name, which is known in the whole account and not only in its region (API reference, PutDashboard). */
const NAME_CHARACTERS = 255;

export interface ReplicatorDashboardProps {
  readonly config: ReplicationConfig;
  readonly changes: ChangeQueue;
  readonly replicator: ReplicatorFunction;
  readonly alarms: readonly Alarm[];
  /** Whether rules may change while the function runs. */
  readonly rulesChange: boolean;
}

/** One page to look at: alarms, how much and how well, how long, why not, what waits, and what it costs. As many widgets for fifty destinations as for one. */
export class ReplicatorDashboard extends Construct {
  readonly dashboard: Dashboard;

  constructor(scope: Construct, id: string, { config, rulesChange, ...rest }: ReplicatorDashboardProps) {
    super(scope, id);
    const { changes, replicator, alarms } = rest;
    const { region } = Stack.of(this);
    const maxLength = NAME_CHARACTERS - region.length - 1;
    this.dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: `${Names.uniqueResourceName(this, { maxLength, separator: '-' })}-${region}`,
      defaultInterval: Duration.hours(24),
      widgets: [
        [new AlarmStatusWidget({ title: 'Alarms', width: COLUMNS, height: 3, alarms: [...alarms] })],
        ...(config.metrics.publisher === 'none' ? [] : ownWidgets(config, rulesChange)),
        letterWidgets(changes, replicator),
        costWidgets(config, replicator),
      ],
    });
  }
}

function ownWidgets({ metrics: { namespace }, destinations }: ReplicationConfig, rulesChange: boolean): IWidget[][] {
  const metrics = new DashboardMetrics(namespace);
  const regions = [...new Set(destinations.map(({ region }) => region))];
  const perRegion = (key: MetricKey, statistic: Statistic, what?: string) =>
    regions.map((region) => metrics.inRegion(key, region, statistic, what));
  return [
    [
      value('Success rate', metrics.successRate()),
      value('Written', metrics.total('replicationDuration', 'SampleCount', 'written')),
      value('Failed', metrics.total('replicationFailure', 'Sum', 'failed')),
      value('Oldest change that is missing, s', metrics.total('oldestUnsyncedAge', 'Maximum', 'seconds')),
    ],
    [
      graph('Written, by destination', [metrics.by('replicationSuccess', 'DestRegion', 'TransformMode')]),
      graph('Failed, by cause', [metrics.by('replicationFailure', 'ErrorType', 'DestRegion')]),
      graph('Success rate, %', [metrics.successRate()], [], { min: 0, max: 100 }),
    ],
    [
      graph('Duration, ms', [
        metrics.total('replicationDuration', 'Average', 'average'),
        metrics.total('replicationDuration', 'p99', 'p99'),
      ]),
      graph('Lag from event to replica, ms', [
        ...perRegion('replicationLag', 'Average'),
        ...perRegion('replicationLag', 'p99'),
      ]),
      graph('Throttled calls and retries', [
        metrics.total('throttlingEvent', 'Sum', 'throttled'),
        metrics.total('retryAttempt', 'Sum', 'retries'),
      ]),
    ],
    [
      // The parts of a long run add up.
      graph(
        'In sync, and drifted (right)',
        perRegion('inSync', 'Sum', 'in sync'),
        perRegion('drifted', 'Sum', 'drifted'),
      ),
      graph('Oldest change that is missing, s', perRegion('oldestUnsyncedAge', 'Maximum', 'oldest')),
      graph('Left alone or held back', [
        metrics.total('circuitOpen', 'Sum', 'breaker open'),
        metrics.total('contractBroken', 'Sum', 'contract broken'),
        metrics.total('foreign', 'Sum', 'not ours'),
        metrics.total('deletesHeldBack', 'Sum', 'deletions held back'),
        ...(rulesChange ? [metrics.total('rulesRefused', 'Sum', 'rules not taken')] : []),
        metrics.total('reconcileRun', 'Sum', 'compared to the end'),
      ]),
    ],
  ];
}
