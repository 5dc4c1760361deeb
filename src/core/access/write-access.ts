import type { DestinationConfig } from '../config.js';
import { HELD_TAG, OWNER_TAG } from '../ownership.js';
import { ownDestinations, secretArns, type AccessInput } from './access-input.js';
import type { Grant } from './grant.js';
import { replicaNameGlobs } from './replica-names.js';

const WILDCARD =
  'Names that the configuration gives replicas here; the last six characters are random. A rename that is not a plain change of prefix leaves any name of the region. The ownership tag is required either way.';

type Conditions = NonNullable<Grant['conditions']>;

/** Writes at destinations that the function's own role reaches, each call for the destinations whose configuration asks for it. */
export function writeGrants(input: AccessInput): readonly Grant[] {
  const { config, place, sourceAccount = place.account } = input;
  const own = ownDestinations(config);
  const owner = `arn:${place.partition}:secretsmanager:${config.source.region}:${sourceAccount}:secret:*`;
  const ours: Conditions = { StringLike: { [`aws:ResourceTag/${OWNER_TAG}`]: owner } };
  const grant = (
    id: string,
    calls: readonly string[],
    destinations: readonly DestinationConfig[],
    conditions = ours,
  ) => ({
    id,
    actions: calls.map((call) => `secretsmanager:${call}`),
    resources: replicasOf(input, destinations),
    conditions,
    wildcard: WILDCARD,
  });
  const isAmended = ({ metadata, kmsKeyId }: DestinationConfig) =>
    metadata.description !== 'none' || kmsKeyId !== undefined;
  return [
    ...byTagRule(own).map(({ rule, destinations }, index) =>
      // CreateSecret with tags asks for TagResource as well (Secrets Manager API reference).
      grant(numbered('CreateReplicas', index), ['CreateSecret', 'TagResource'], destinations, {
        StringLike: { [`aws:RequestTag/${OWNER_TAG}`]: owner },
        ...tagKeys(rule, [OWNER_TAG]),
      }),
    ),
    grant('UpdateReplicas', [...VALUE_CALLS, 'ListSecretVersionIds'], own),
    grant('AmendReplicas', ['UpdateSecret'], own.filter(isAmended)),
    ...byTagRule(own.filter(({ metadata }) => metadata.tags !== 'none')).map(({ rule, destinations }, index) =>
      grant(numbered('TagReplicas', index), ['TagResource'], destinations, { ...ours, ...tagKeys(rule, []) }),
    ),
    grant(
      'UntagReplicas',
      ['UntagResource'],
      own.filter(({ metadata }) => metadata.tags === 'copy'),
      { ...ours, ...tagKeys('copy', []) },
    ),
    grant(
      'DeleteReplicas',
      ['DeleteSecret'],
      own.filter(({ onDelete }) => onDelete !== undefined),
      {
        ...ours,
        BoolIfExists: { 'secretsmanager:ForceDeleteWithoutRecovery': 'false' },
      },
    ),
    adoptGrant(input),
  ];
}

const VALUE_CALLS = ['PutSecretValue', 'UpdateSecretVersionStage', 'RestoreSecret'];

function adoptGrant({ config, place }: AccessInput): Grant {
  const arns = ownDestinations(config).flatMap(({ region, adopt }) => secretArns(place, region, [...adopt]));
  return {
    id: 'AdoptByName',
    actions: VALUE_CALLS.map((call) => `secretsmanager:${call}`),
    resources: [...new Set(arns)],
    wildcard: 'Exact names that the configuration lists for adoption; the last six characters are random.',
  };
}

function replicasOf({ config, place }: AccessInput, destinations: readonly DestinationConfig[]): readonly string[] {
  const arns = destinations.flatMap((destination) =>
    secretArns(place, destination.region, replicaNameGlobs(config.source.select, destination)),
  );
  return [...new Set(arns)];
}

type TagRule = DestinationConfig['metadata']['tags'];

function byTagRule(destinations: readonly DestinationConfig[]): { rule: TagRule; destinations: DestinationConfig[] }[] {
  const groups = new Map<string, { rule: TagRule; destinations: DestinationConfig[] }>();
  for (const destination of destinations) {
    const rule = destination.metadata.tags;
    const group = groups.get(JSON.stringify(rule)) ?? { rule, destinations: [] };
    group.destinations.push(destination);
    groups.set(JSON.stringify(rule), group);
  }
  return [...groups.values()];
}

/** Which tags a request may set: those the configuration fixes, or, where all are copied, any but those with a meaning to us. */
function tagKeys(rule: TagRule, own: readonly string[]): Conditions {
  if (rule === 'copy') {
    const reserved = [OWNER_TAG, HELD_TAG].filter((key) => !own.includes(key));
    return { 'ForAllValues:StringNotEquals': { 'aws:TagKeys': reserved } };
  }
  const fixed = rule === 'none' ? [] : Object.keys(rule.fixed);
  return { 'ForAllValues:StringEquals': { 'aws:TagKeys': [...own, ...fixed] } };
}

function numbered(id: string, index: number): string {
  return index === 0 ? id : `${id}${index + 1}`;
}
