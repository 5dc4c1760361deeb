import type { Change, IgnoreReason } from '../core/change.js';
import { parseSecretArn, type AccountId, type Region, type SecretId, type VersionId } from '../core/names.js';

/** What an event is to us. `invalid`: it ought to be one and cannot be read, which is never passed over in silence. */
export type ParsedEvent =
  | { readonly kind: 'change'; readonly change: Change }
  | { readonly kind: 'ignored'; readonly reason: IgnoreReason }
  | { readonly kind: 'invalid'; readonly message: string };

type Fields = Readonly<Record<string, unknown>>;

const ignored = (reason: IgnoreReason): ParsedEvent => ({ kind: 'ignored', reason });
const invalid = (message: string): ParsedEvent => ({ kind: 'invalid', message });

/**
 * An EventBridge event of the source's region, native or derived from CloudTrail (aws-facts B). Total: anything at all has
 * an answer. `account` is our own; undefined: not known, and then the event's is taken for it.
 */
export function parseEvent(event: unknown, sourceRegion: Region, account?: AccountId): ParsedEvent {
  const parsed = parseAnywhere(event);
  if (parsed.kind !== 'change') return parsed;
  const { change } = parsed;
  // A bus may be fed from other accounts, and a call of ours may have been about a secret in another one.
  const secret = parseSecretArn(change.secret);
  if ([change.region, secret?.region ?? sourceRegion].some((one) => one !== sourceRegion))
    return ignored('OtherRegion');
  const own = account ?? change.account;
  if ([change.account, secret?.account ?? own].some((one) => one !== own)) return ignored('OtherAccount');
  return parsed;
}

function parseAnywhere(event: unknown): ParsedEvent {
  if (!isFields(event)) return invalid('the event is not a JSON object');
  const { detail } = event;
  if (typeof event['source'] !== 'string' || typeof event['detail-type'] !== 'string' || !isFields(detail)) {
    return invalid('the event has no source, detail-type and detail; only EventBridge events are taken');
  }
  if (event['source'] !== 'aws.secretsmanager') return ignored('OtherService');
  switch (event['detail-type']) {
    case 'Secret Label Updated':
      return nativeEvent(event, detail);
    case 'AWS API Call via CloudTrail':
    case 'AWS Service Event via CloudTrail':
      return trailEvent(event, detail);
    default:
      return ignored('IrrelevantCall');
  }
}

function nativeEvent(event: Fields, detail: Fields): ParsedEvent {
  if (detail['labelUpdated'] !== 'AWSCURRENT') return ignored('OtherLabel');
  const { resources } = event;
  const secret = (Array.isArray(resources) ? text(resources[0]) : undefined) ?? text(detail['name']);
  return changeFrom(event, secret, { existed: true, version: text(detail['versionId']) });
}

/** What a call tells beyond the secret's id. */
interface Told {
  readonly existed: boolean;
  readonly version?: string | undefined;
}

/** Calls and service events after which a replica may be wrong. Every other one is irrelevant to us. */
const TRAIL_EVENTS: ReadonlyMap<string, (request: Fields) => Told | 'OtherLabel'> = new Map<
  string,
  (request: Fields) => Told | 'OtherLabel'
>([
  // Create and update carry a token even where they make no version, so only put and the stage move name one surely.
  ['CreateSecret', () => ({ existed: true })],
  ['PutSecretValue', putValue],
  ['UpdateSecret', () => ({ existed: true })],
  ['UpdateSecretVersionStage', moveStage],
  ['RotationSucceeded', () => ({ existed: true })],
  ['DeleteSecret', () => ({ existed: false })],
  ['RestoreSecret', () => ({ existed: true })],
  ['TagResource', () => ({ existed: true })],
  ['UntagResource', () => ({ existed: true })],
]);

function putValue(request: Fields): Told {
  return {
    existed: true,
    ...(request['versionStages'] === undefined ? { version: text(request['clientRequestToken']) } : {}),
  };
}

/** CloudTrail leaves parameters out of a large record: a label that is not told may be the one that counts. */
function moveStage(request: Fields): Told | 'OtherLabel' {
  const stage = text(request['versionStage']);
  if (stage !== undefined && stage !== 'AWSCURRENT') return 'OtherLabel';
  return { existed: true, version: stage === undefined ? undefined : text(request['moveToVersionId']) };
}

function trailEvent(event: Fields, detail: Fields): ParsedEvent {
  if (detail['eventSource'] !== 'secretsmanager.amazonaws.com') return ignored('OtherService');
  if (detail['errorCode'] !== undefined && detail['errorCode'] !== null) return ignored('FailedCall');
  const request = fields(detail['requestParameters']);
  const told = TRAIL_EVENTS.get(text(detail['eventName']) ?? '')?.(request);
  if (told === undefined) return ignored('IrrelevantCall');
  if (told === 'OtherLabel') return ignored('OtherLabel');
  return changeFrom(event, secretIn(detail, request), told);
}

/** The id stands in different places, by kind of event and by its age (aws-facts B2). A full ARN is preferred. */
function secretIn(detail: Fields, request: Fields): string | undefined {
  const response = fields(detail['responseElements']);
  const additional = fields(detail['additionalEventData']);
  const service = fields(detail['serviceEventDetails']);
  const candidates = [
    response['arn'],
    response['aRN'],
    response['ARN'],
    request['secretId'],
    request['name'],
    additional['SecretId'],
    additional['secretId'],
    service['secretId'],
    service['SecretId'],
  ];
  return candidates.map(text).find((candidate) => candidate !== undefined);
}

function changeFrom(event: Fields, secret: string | undefined, told: Told): ParsedEvent {
  const [region, account, id] = [text(event['region']), text(event['account']), text(event['id'])];
  const at = Date.parse(text(event['time']) ?? '');
  if (secret === undefined) return invalid('the event does not say which secret it is about');
  if (region === undefined || account === undefined) return invalid('the event has no region and account');
  if (Number.isNaN(at)) return invalid('the event has no time');
  return {
    kind: 'change',
    change: {
      secret: secret as SecretId,
      region: region as Region,
      account: account as AccountId,
      versions: told.version === undefined ? [] : [told.version as VersionId],
      firstAt: at,
      lastAt: at,
      existed: told.existed,
      eventIds: id === undefined ? [] : [id],
    },
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fields(value: unknown): Fields {
  return isFields(value) ? value : {};
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
