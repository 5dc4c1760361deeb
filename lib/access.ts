import type { DestinationConfig, ReplicationConfig } from '../src/core/config.js';
import { OWNER_TAG } from '../src/core/ownership.js';
import { ownDestinations, secretArns, type AccessInput } from './access-input.js';
import type { Grant } from './grant.js';
import { keyGrants } from './key-access.js';
import { replicaNameGlobs } from './replica-names.js';

/** The role's statements on secrets, keys, other roles and metrics: what the protocol calls, for what the configuration names. */
export function grantsFor(input: AccessInput): readonly Grant[] {
  const { config } = input;
  return [
    ...lookGrants(input),
    ...readGrants(input),
    ...writeGrants(input),
    ...keyGrants(input),
    ...roleGrants(config),
    ...metricGrants(config),
  ];
}

const LIST_REASON =
  'ListSecrets and BatchGetSecretValue take no resource. DescribeSecret shows what ListSecrets shows, and must be able to tell a secret that is absent or foreign from one that is forbidden. Bounded by region; no value is readable with it.';

function lookGrants({ config }: AccessInput): Grant[] {
  const regions = [...new Set([config.source.region, ...ownDestinations(config).map(({ region }) => region)])];
  const look = ['secretsmanager:DescribeSecret', 'secretsmanager:ListSecrets'];
  return [
    { id: 'Look', actions: look, resources: ['*'], conditions: inRegions(regions), wildcard: LIST_REASON },
    {
      id: 'ReadInBatches',
      actions: ['secretsmanager:BatchGetSecretValue'],
      resources: ['*'],
      conditions: inRegions([config.source.region]),
      wildcard: LIST_REASON,
    },
  ];
}

const inRegions = (regions: readonly string[]) => ({ StringEquals: { 'aws:RequestedRegion': regions } });

function readGrants({ config, place }: AccessInput): Grant[] {
  const { region, select } = config.source;
  const actions = ['secretsmanager:GetSecretValue'];
  const tags = Object.fromEntries([...select.tags].map(([key, value]) => [`aws:ResourceTag/${key}`, value]));
  return [
    {
      id: 'ReadSources',
      actions,
      resources: secretArns(place, region, select.include),
      ...(select.tags.size === 0 ? {} : { conditions: { StringEquals: tags } }),
      wildcard: 'The source names that the configuration includes; the last six characters are random.',
    },
    { id: 'NeverReadExcluded', effect: 'Deny', actions, resources: secretArns(place, region, select.exclude) },
  ];
}

const WRITE_REASON =
  'Names that the configuration gives replicas here; the last six characters are random. A rename that is not a plain change of prefix leaves any name of the region. The ownership tag is required either way.';

function writeGrants({ config, place }: AccessInput): Grant[] {
  const own = ownDestinations(config);
  const arns = (globsOf: (destination: DestinationConfig) => readonly string[]) => [
    ...new Set(own.flatMap((destination) => secretArns(place, destination.region, globsOf(destination)))),
  ];
  const replicas = arns((destination) => replicaNameGlobs(config.source.select, destination));
  const adopted = arns(({ adopt }) => [...adopt]);
  const update = ['PutSecretValue', 'UpdateSecretVersionStage', 'RestoreSecret'].map(
    (call) => `secretsmanager:${call}`,
  );
  const owner = `arn:${place.partition}:secretsmanager:${config.source.region}:${place.account}:secret:*`;
  return [
    {
      // CreateSecret with tags asks for TagResource as well (Secrets Manager API reference).
      id: 'CreateReplicas',
      actions: ['secretsmanager:CreateSecret', 'secretsmanager:TagResource'],
      resources: [...new Set([...replicas, ...adopted])],
      conditions: {
        StringLike: { [`aws:RequestTag/${OWNER_TAG}`]: owner },
        'ForAllValues:StringEquals': { 'aws:TagKeys': [OWNER_TAG] },
      },
      wildcard: WRITE_REASON,
    },
    {
      id: 'UpdateReplicas',
      actions: update,
      resources: replicas,
      conditions: { StringLike: { [`aws:ResourceTag/${OWNER_TAG}`]: owner } },
      wildcard: WRITE_REASON,
    },
    {
      id: 'AdoptByName',
      actions: update,
      resources: adopted,
      wildcard: 'Exact names that the configuration lists for adoption; the last six characters are random.',
    },
  ];
}

function roleGrants({ destinations }: ReplicationConfig): Grant[] {
  const arns = destinations.flatMap(({ role }) => (role === undefined ? [] : [role.arn]));
  return [{ id: 'AssumeRoles', actions: ['sts:AssumeRole'], resources: [...new Set(arns)] }];
}

function metricGrants({ metrics }: ReplicationConfig): Grant[] {
  if (metrics.publisher === 'none') return [];
  return [
    {
      id: 'PublishMetrics',
      actions: ['cloudwatch:PutMetricData'],
      resources: ['*'],
      conditions: { StringEquals: { 'cloudwatch:namespace': metrics.namespace } },
      wildcard: 'PutMetricData takes no resource; bounded by namespace.',
    },
  ];
}
