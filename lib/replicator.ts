import { Stack, Token } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { ReplicationConfig } from '../src/core/config.js';
import { AlarmNotice } from './alarm-notice.js';
import { ReplicatorAlarms } from './alarms.js';
import { bundledConfig } from './bundled-config.js';
import { ChangeQueue } from './change-queue.js';
import { ChangeRules } from './change-rules.js';
import { checkedProps } from './checked-props.js';
import { ReplicatorDashboard } from './dashboard.js';
import { ReconcileSchedule } from './reconcile-schedule.js';
import { ReplicatorFunction } from './replicator-function.js';
import type { ReplicatorProps } from './replicator-props.js';

/** Rules → queue → function, its schedule, its role and its alarms: what people put into a stack of their own. No resource has a fixed name. */
export class SecretsReplicator extends Construct {
  readonly config: ReplicationConfig;
  readonly changes: ChangeQueue;
  readonly rules: ChangeRules;
  readonly replicator: ReplicatorFunction;
  readonly schedule: ReconcileSchedule;
  readonly alarms: ReplicatorAlarms;
  readonly notice: AlarmNotice;
  /** Undefined where props say so. */
  readonly dashboard: ReplicatorDashboard | undefined;

  constructor(scope: Construct, id: string, props: ReplicatorProps) {
    super(scope, id);
    const checked = checkedProps(props);
    this.config = bundledConfig(props.bundle);
    requireSourceRegion(Stack.of(this), this.config.source.region);
    this.changes = new ChangeQueue(this, 'Changes', checked.timeout);
    this.rules = new ChangeRules(this, 'Rules', this.changes);
    this.replicator = new ReplicatorFunction(this, 'Replicator', {
      ...checked,
      config: this.config,
      changes: this.changes,
    });
    this.schedule = new ReconcileSchedule(this, 'Reconcile', this.config.reconcile, this.replicator.function);
    this.alarms = new ReplicatorAlarms(this, 'Alarms', this.config, this.changes);
    this.notice = new AlarmNotice(this, 'Notice', checked, this.alarms.all);
    const shown = { config: this.config, changes: this.changes, alarms: this.alarms.all };
    this.dashboard = checked.dashboard ? new ReplicatorDashboard(this, 'Dashboard', shown) : undefined;
  }
}

/** Rules see the events of their own region only. */
function requireSourceRegion({ region, stackName }: Stack, source: string): void {
  if (Token.isUnresolved(region) || region === source) return;
  throw new Error(
    `SecretsReplicator: stack ${stackName} is in ${region} and the source region is ${source}; events reach rules of their own region only, so deploy the stack in ${source} or change source.region`,
  );
}
