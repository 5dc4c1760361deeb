import type { ReplicationConfig } from '../config.js';
import { credentialArns, ownDestinations, secretArns, type AccessInput } from './access-input.js';
import type { Grant } from './grant.js';
import { keyGrants } from './key-access.js';
import { rulesGrants } from './rules-access.js';
import { writeGrants } from './write-access.js';

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
    ...eventGrants(input),
    ...rulesGrants(input),
  ];
}

const LIST_REASON =
  'ListSecrets and BatchGetSecretValue take no resource. DescribeSecret shows what ListSecrets shows, and must be able to tell a secret that is absent or foreign from one that is forbidden. Bounded by region; no value is readable with it.';

/** To see what secrets there are and what they carry, without their values. */
export function lookGrant(regions: readonly string[]): Grant {
  const actions = ['secretsmanager:DescribeSecret', 'secretsmanager:ListSecrets'];
  const conditions = inRegions([...new Set(regions)]);
  return { id: 'Look', actions, resources: ['*'], conditions, wildcard: LIST_REASON };
}

function lookGrants({ config }: AccessInput): Grant[] {
  return [
    lookGrant([config.source.region, ...ownDestinations(config).map(({ region }) => region)]),
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
  const credentials = credentialArns(config, place);
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
    {
      id: 'ReadCredentials',
      actions,
      resources: credentials,
      wildcard:
        'Exact names of the secrets that hold credentials for destinations; the last six characters are random.',
    },
  ];
}

function roleGrants({ destinations }: ReplicationConfig): Grant[] {
  const arns = destinations.flatMap(({ role }) => (role === undefined ? [] : [role.arn]));
  return [{ id: 'AssumeRoles', actions: ['sts:AssumeRole'], resources: [...new Set(arns)] }];
}

function metricGrants({ metrics }: ReplicationConfig): Grant[] {
  if (metrics.publisher !== 'api') return [];
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

function eventGrants({ config: { eventBus, source }, place }: AccessInput): Grant[] {
  if (eventBus === undefined) return [];
  const arn = eventBus.startsWith('arn:')
    ? eventBus
    : `arn:${place.partition}:events:${source.region}:${place.account}:event-bus/${eventBus}`;
  return [{ id: 'TellOfReplicas', actions: ['events:PutEvents'], resources: [arn] }];
}
