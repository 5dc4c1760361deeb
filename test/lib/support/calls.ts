import type { Call } from './role-policy.js';
import { ACCOUNT } from './template-resources.js';

/** The parts of calls on secrets and keys, as IAM sees them. */
export const SOURCE = 'us-east-1';
export const secret = (region: string, name: string) =>
  `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret:${name}-aB3dE5`;
export const key = (region: string) => `arn:aws:kms:${region}:${ACCOUNT}:key/any`;
export const owner = (region = SOURCE, account = ACCOUNT, name = 'app/db') =>
  `arn:aws:secretsmanager:${region}:${account}:secret:${name}`;
export const inRegion = (region: string) => ({ 'aws:RequestedRegion': region });
export const ours = { 'aws:ResourceTag/secrets-replicator:source': owner() };
export const asOurs = {
  'aws:RequestTag/secrets-replicator:source': owner(),
  'aws:TagKeys': ['secrets-replicator:source'],
};
export const selected = { 'aws:ResourceTag/replicate': 'true' };
export const via = (region: string) => ({ 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` });
export const sm = (call: string, resource: string, context = {}): Call => ({
  action: `secretsmanager:${call}`,
  resource,
  context,
});
export const other = (action: string, resource: string, context = {}): Call => ({ action, resource, context });
export const DELETION = sm('DeleteSecret', secret('us-west-2', 'app/db'), ours);
