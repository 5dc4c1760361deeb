import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { bundledConfig } from './bundled-config.js';
import type { ReplicatorProps } from './replicator-props.js';
import { SecretsReplicator } from './replicator.js';

export interface ReplicatorStackProps extends StackProps, ReplicatorProps {}

/** A replicator ready to be deployed, in the source region of its configuration. */
export class ReplicatorStack extends Stack {
  readonly replicator: SecretsReplicator;

  constructor(scope: Construct, id: string, props: ReplicatorStackProps) {
    const { region } = bundledConfig(props.bundle).source;
    super(scope, id, { description: 'Transformed replicas of secrets', ...props, env: { region, ...props.env } });
    this.replicator = new SecretsReplicator(this, 'SecretsReplicator', props);
    const { config, replicator } = this.replicator;
    if (config.destinations.every(({ role }) => role === undefined)) return;
    // oxlint-disable-next-line no-new
    new CfnOutput(this, 'FunctionRoleArn', {
      description: 'Whom the roles of other accounts trust: -c functionRole=<this>',
      value: replicator.role.roleArn,
    });
  }
}
