import type { Call, Fields } from './call.js';
import { drawUuid } from './chance.js';
import type { EventBridgeEvent } from './event-bus.js';
import { userIdentity } from './user-identity.js';
import type { ServiceRecord } from './secrets-manager/scope.js';
import type { ServiceError } from './service-error.js';

/** Where and when an event happened, and the random source of its ids. */
export interface Envelope {
  readonly account: string;
  readonly region: string;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly random: () => number;
}

/** Members that CloudTrail never records. */
const UNRECORDED: ReadonlySet<string> = new Set(['SecretString', 'SecretBinary', 'RotationToken']);
/** `errorCode` and `errorMessage` are cut there (CloudTrail record contents). */
const MAX_ERROR_BYTES = 1_024;

/** "Secret Label Updated": a label other than AWSPENDING and AWSPREVIOUS moved to a version. It names no caller. */
export function labelUpdated(
  envelope: Envelope,
  arn: string,
  name: string,
  label: string,
  versionId: string,
): EventBridgeEvent {
  return event(envelope, 'Secret Label Updated', [arn], { name, labelUpdated: label, versionId });
}

/** The CloudTrail record of a call, also of a failed one. */
export function trailEvent(
  envelope: Envelope,
  call: Call,
  arn: string | undefined,
  output: Fields,
  error: ServiceError | undefined,
): EventBridgeEvent {
  return event(envelope, 'AWS API Call via CloudTrail', [], {
    eventVersion: '1.09',
    userIdentity: userIdentity(call.caller),
    eventTime: timeOf(envelope.at),
    eventSource: 'secretsmanager.amazonaws.com',
    eventName: call.operation,
    awsRegion: envelope.region,
    sourceIPAddress: '192.0.2.10',
    userAgent: call.userAgent,
    ...(error === undefined ? {} : errorFields(error)),
    requestParameters: requestParameters(call.input),
    responseElements: error === undefined ? responseElements(call.operation, arn, output) : null,
    requestID: call.requestId,
    eventID: drawUuid(envelope.random),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: envelope.account,
    eventCategory: 'Management',
    tlsDetails: { tlsVersion: 'TLSv1.3' },
  });
}

/** Rotation, replication and version deletion events, which no caller made. */
export function serviceEvent(envelope: Envelope, record: ServiceRecord): EventBridgeEvent {
  const id = drawUuid(envelope.random);
  return event(envelope, 'AWS Service Event via CloudTrail', [], {
    eventVersion: '1.08',
    userIdentity: { accountId: envelope.account, invokedBy: 'secretsmanager.amazonaws.com' },
    eventTime: timeOf(envelope.at),
    eventSource: 'secretsmanager.amazonaws.com',
    eventName: record.eventName,
    awsRegion: envelope.region,
    sourceIPAddress: 'secretsmanager.amazonaws.com',
    userAgent: 'secretsmanager.amazonaws.com',
    // A failed rotation has a message but no code.
    ...(record.errorMessage === undefined ? {} : { errorMessage: record.errorMessage }),
    requestParameters: null,
    responseElements: null,
    additionalEventData: { SecretId: record.secretArn, ...record.extra },
    requestID: `${record.eventName.replace(/(Succeeded|Failed|Started|Abandoned)$/, '')}-${record.secretArn}-${id}`,
    eventID: drawUuid(envelope.random),
    readOnly: false,
    eventType: 'AwsServiceEvent',
    managementEvent: true,
    recipientAccountId: envelope.account,
    eventCategory: 'Management',
  });
}

function event(
  envelope: Envelope,
  detailType: string,
  resources: readonly string[],
  detail: Record<string, unknown>,
): EventBridgeEvent {
  return {
    version: '0',
    id: drawUuid(envelope.random),
    'detail-type': detailType,
    source: 'aws.secretsmanager',
    account: envelope.account,
    time: timeOf(envelope.at),
    region: envelope.region,
    resources,
    detail,
  };
}

/** The caller's own words, member names in lower camel case, without values. */
function requestParameters(input: Fields): Fields {
  const recorded = Object.entries(input).filter(([key, value]) => !UNRECORDED.has(key) && value !== undefined);
  return Object.fromEntries(recorded.map(([key, value]) => [lowerFirst(key), lowerKeys(value)]));
}

function responseElements(operation: string, arn: string | undefined, output: Fields): Fields | null {
  if (arn === undefined) return null;
  if (operation !== 'DeleteSecret') return { arn };
  const at = Number(output['DeletionDate']) * 1000;
  return { name: output['Name'], deletionDate: localizedDate(at), arn };
}

function errorFields(error: ServiceError): Fields {
  const code = error.code === 'AccessDeniedException' ? 'AccessDenied' : error.code;
  return { errorCode: code, errorMessage: Buffer.from(error.message).subarray(0, MAX_ERROR_BYTES).toString() };
}

function lowerKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerKeys);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [lowerFirst(key), lowerKeys(member)]));
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

function timeOf(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19)}Z`;
}

/** `Dec 2, 2026 8:15:41 AM`: the localized text in which DeleteSecret records its date. */
function localizedDate(atMs: number): string {
  const format = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'UTC' });
  return format
    .format(new Date(atMs))
    .replace(/(\d{4}), /, '$1 ')
    .replaceAll('\u202F', ' ');
}
