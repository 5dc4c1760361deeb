import { Annotations, Stack, Token } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { ReplicationConfig } from '../src/core/config.js';
import { ALARMS, type AlarmRow } from '../src/core/metrics.js';
import { reconcileAlarms } from '../src/core/reconcile-alarms.js';
import { RULES_ALARM } from '../src/core/rules-alarm.js';
import { selectsName } from '../src/core/selection.js';
import { AlarmNotice } from './alarm-notice.js';
import { AlarmWebhook } from './alarm-webhook.js';
import { ReplicatorAlarms } from './alarms.js';
import { bundledConfig } from './bundled-config.js';
import { ChangeQueue } from './change-queue.js';
import { ChangeRules } from './change-rules.js';
import { ChangeTrail } from './change-trail.js';
import { checkedProps, withRulesObject, type CheckedProps } from './checked-props.js';
import { ReplicatorDashboard } from './dashboard.js';
import { keyOfStack, letUse, USERS } from './encryption-key.js';
import { platformAlarms } from './platform-alarms.js';
import { ReconcileSchedule } from './reconcile-schedule.js';
import { ReplicatorFunction } from './replicator-function.js';
import type { ReplicatorProps } from './replicator-props.js';
import { SavedQueries } from './saved-queries.js';
import { refuse, WrongProps } from './wrong-props.js';

/** Rules → queue → function, its schedule, its role and its alarms: what people put into a stack of their own. No resource has a fixed name. */
export class SecretsReplicator extends Construct {
  readonly config: ReplicationConfig;
  readonly changes: ChangeQueue;
  readonly rules: ChangeRules;
  readonly replicator: ReplicatorFunction;
  readonly schedule: ReconcileSchedule;
  readonly queries: SavedQueries;
  readonly alarms: ReplicatorAlarms;
  readonly notice: AlarmNotice;
  /** Undefined where props do not ask for it. */
  readonly trail: ChangeTrail | undefined;
  readonly webhook: AlarmWebhook | undefined;
  readonly dashboard: ReplicatorDashboard | undefined;

  constructor(scope: Construct, id: string, props: ReplicatorProps) {
    super(scope, id);
    const config = bundledConfig(props.bundle);
    const checked = checkedProps(withRulesObject(props, config.rulesObject));
    requireSourceRegion(this, config.source.region);
    requireKeysOf(config.source.region, checked);
    const key = this.#key(checked);
    this.config = config;
    this.changes = new ChangeQueue(this, 'Changes', { ...checked, key });
    this.replicator = new ReplicatorFunction(this, 'Replicator', { ...checked, config, changes: this.changes, key });
    const { function: replicator, logGroup } = this.replicator;
    this.rules = new ChangeRules(this, 'Rules', this.changes, replicator);
    this.trail = checked.trail ? new ChangeTrail(this, 'Trail') : undefined;
    this.schedule = new ReconcileSchedule(this, 'Reconcile', config.reconcile, replicator, this.changes.deadLetters);
    this.queries = new SavedQueries(this, 'Queries', logGroup);
    this.webhook = this.#webhook(checked, key);
    const platform = platformAlarms(this.changes, this.replicator, this.webhook?.undelivered);
    const { namespace } = config.metrics;
    this.alarms = new ReplicatorAlarms(this, 'Alarms', { namespace, own: this.#ownAlarms(checked), platform });
    this.notice = new AlarmNotice(this, 'Notice', { ...checked, key, alarms: this.alarms.all });
    this.webhook?.tellOf(this.alarms.all);
    const parts = { changes: this.changes, replicator: this.replicator, alarms: this.alarms.all };
    const shown = { config, ...parts, rulesChange: checked.rulesObject !== undefined };
    this.dashboard = checked.dashboard ? new ReplicatorDashboard(this, 'Dashboard', shown) : undefined;
  }

  #ownAlarms({ rulesObject }: CheckedProps): readonly AlarmRow[] {
    const { metrics, reconcile } = this.config;
    if (metrics.publisher === 'none') return [];
    return [...ALARMS, ...reconcileAlarms(reconcile.everyMinutes), ...(rulesObject === undefined ? [] : [RULES_ALARM])];
  }

  #key({ encryptionKey }: CheckedProps): IKey | undefined {
    if (encryptionKey === undefined) return undefined;
    const key =
      encryptionKey === 'new'
        ? keyOfStack(this, 'Key', 'Encrypts events and notifications of the secrets replicator')
        : encryptionKey;
    letUse(key, USERS.rules);
    letUse(key, USERS.alarms);
    return key;
  }

  #webhook({ alarmWebhook }: CheckedProps, key: IKey | undefined): AlarmWebhook | undefined {
    if (alarmWebhook === undefined) return undefined;
    requireConnectionsLeftOut(this.config);
    return new AlarmWebhook(this, 'Webhook', alarmWebhook, key);
  }
}

/** Rules see the events of their own region only. */
function requireSourceRegion(scope: Construct, source: string): void {
  const { region, stackName } = Stack.of(scope);
  if (region === source) return;
  if (Token.isUnresolved(region)) {
    const text = `stack ${stackName} says no region, and anywhere but in ${source} no event reaches it; write env: { region: '${source}' }`;
    return Annotations.of(scope).addWarningV2('secrets-replicator:region', `SecretsReplicator: ${text}`);
  }
  throw new WrongProps(
    `SecretsReplicator: stack ${stackName} is in ${region} and the source region is ${source}; events reach rules of their own region only, so deploy the stack in ${source} or change source.region`,
  );
}

/** Secrets Manager decrypts with keys of its own region; the right to use another would be none. */
function requireKeysOf(region: string, { sourceKeyArns = [] }: CheckedProps): void {
  const other = sourceKeyArns.find((arn) => !Token.isUnresolved(arn) && arn.split(':')[3] !== region);
  if (other === undefined) return;
  refuse(
    'sourceKeyArns',
    other,
    `keys of the source region, ${region}`,
    'a multi-Region key has an ARN in each region',
  );
}

/** The connection's own secret would be a source, whose name no replica can have. */
function requireConnectionsLeftOut({ source }: ReplicationConfig): void {
  if (!selectsName(source.select, 'events!connection/webhook')) return;
  throw new WrongProps(
    'SecretsReplicator: alarmWebhook keeps its token in a secret called events!connection/…, which source.select selects; add "events!*" to source.select.exclude',
  );
}
