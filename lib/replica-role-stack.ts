import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { bundledConfig } from './bundled-config.js';
import { ReplicaRole, roleOfDestination, type ReplicaRoleProps } from './replica-role.js';

export interface ReplicaRoleStackProps extends StackProps, ReplicaRoleProps {}

/** A replica role ready to be deployed, in the account of the role that the configuration names. Roles have no region. */
export class ReplicaRoleStack extends Stack {
  readonly replicaRole: ReplicaRole;

  constructor(scope: Construct, id: string, props: ReplicaRoleStackProps) {
    const config = bundledConfig(props.bundle);
    const { account } = roleOfDestination(config, props.destination);
    const env = { account, region: config.source.region, ...props.env };
    super(scope, id, { description: 'The role that writes transformed replicas of secrets', ...props, env });
    this.replicaRole = new ReplicaRole(this, 'ReplicaRole', props);
  }
}
