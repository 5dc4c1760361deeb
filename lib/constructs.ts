/** The library door `secrets-replicator/cdk`: what people put into stacks of their own. */
export type { AlarmWebhookProps, Delivery, ReplicatorProps, RulesObjectProps } from './replicator-props.js';
export { ReplicaRole, type ReplicaRoleProps } from './replica-role.js';
export { ReplicaRoleStack, type ReplicaRoleStackProps } from './replica-role-stack.js';
export { ReplicatorStack, type ReplicatorStackProps } from './replicator-stack.js';
export { SecretsReplicator } from './replicator.js';
