import type { HttpHandler } from '../../aws/client-config.js';
import { Clients } from '../../aws/clients.js';
import { parseEvent } from '../../aws/event.js';
import { SqsQueue } from '../../aws/queue.js';
import { globMatches } from '../../core/glob.js';
import { parseSecretArn, type Region } from '../../core/names.js';
import type { QueuedMessage } from '../../flow/message-queue.js';
import { redrive, type Redriven, type RedriveReport } from '../../flow/redrive.js';
import type { Terminal } from '../terminal.js';

export interface RedriveFlags {
  /** URL of the dead-letter queue. */
  readonly queue: string;
  /** URL of the queue of changes. */
  readonly to: string;
  /** Only those with this cause. */
  readonly cause?: string | undefined;
  /** Only those about a secret whose name this glob matches. */
  readonly name?: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** For tests: another network than the machine's. */
export interface RedriveNetwork {
  readonly requestHandler?: HttpHandler;
  readonly credentials?: () => Promise<{ accessKeyId: string; secretAccessKey: string }>;
}

/** What an operator may wait for. Milliseconds. */
const TIME_MS = 15 * 60_000;
/** Of a message that a queue gave up by itself after too many deliveries. */
const TOO_OFTEN = 'TooManyReceives';

/**
 * Sends dead letters through again. Exit code 0: done, or nothing to do; 1: something failed, is left, or would be sent
 * by a run that is not dry.
 */
export async function redriveLetters(
  terminal: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
  flags: RedriveFlags,
  network: RedriveNetwork = {},
): Promise<number> {
  const queueAt = (url: string) =>
    new SqsQueue(new Clients({ homeRegion: regionOf(url, environment), ...network }).home(), url);
  const report = await redrive(
    { from: queueAt(flags.queue), to: queueAt(flags.to), signal: AbortSignal.timeout(TIME_MS) },
    { isWanted: (message) => isWanted(flags, message), dryRun: flags.dryRun },
  );
  terminal.out(flags.json ? asJson(report) : asText(report));
  return report.isCutShort || report.redriven.some(({ kind }) => kind !== 'sent') ? 1 : 0;
}

function regionOf(url: string, environment: Readonly<Record<string, string | undefined>>): string {
  return /^https:\/\/sqs\.([a-z0-9-]+)\./.exec(url)?.[1] ?? environment['AWS_REGION'] ?? 'us-east-1';
}

function isWanted({ cause, name }: RedriveFlags, message: QueuedMessage): boolean {
  if (cause !== undefined && causeOf(message) !== cause) return false;
  return name === undefined || namesIn(message).some((candidate) => globMatches(name, candidate));
}

/** As we told it, as EventBridge did, or what is left. */
function causeOf({ attributes }: QueuedMessage): string {
  return attributes['Cause'] ?? attributes['ERROR_CODE'] ?? TOO_OFTEN;
}

/** The names that the event's id may stand for: an ARN may or may not end in six random characters. */
function namesIn(message: QueuedMessage): readonly string[] {
  const secret = secretIn(message);
  if (secret === undefined) return [];
  const { resource } = parseSecretArn(secret) ?? { resource: secret };
  return resource === secret ? [secret] : [resource.replace(/-[A-Za-z0-9]{6}$/, ''), resource];
}

function secretIn({ body }: QueuedMessage): string | undefined {
  try {
    const event: unknown = JSON.parse(body);
    const region = typeof event === 'object' && event !== null && 'region' in event ? event.region : undefined;
    const parsed = parseEvent(event, region as Region);
    return parsed.kind === 'change' ? parsed.change.secret : undefined;
  } catch {
    return undefined;
  }
}

function rowOf({ message, kind, error }: Redriven) {
  return {
    message: message.id,
    kind,
    cause: causeOf(message),
    secret: secretIn(message) ?? '',
    ...(error === undefined ? {} : { reason: error.message }),
  };
}

function asJson({ redriven, others, isCutShort }: RedriveReport): string {
  return JSON.stringify({ counts: countsOf(redriven), others, more: isCutShort, rows: redriven.map(rowOf) });
}

function asText({ redriven, others, isCutShort }: RedriveReport): string {
  const lines = redriven
    .map(rowOf)
    .map(({ message, kind, cause, secret, reason = '' }) =>
      [message, kind, cause, secret, reason].filter((part) => part !== '').join('  '),
    );
  const counted = Object.entries(countsOf(redriven)).map(([kind, count]) => `${count} ${kind}`);
  const rest = [
    ...(others === 0 ? [] : [`${others} ${others === 1 ? 'other' : 'others'} left`]),
    ...(isCutShort ? ['there are more: run again'] : []),
  ];
  return [...lines, [...counted, ...rest].join(', ') || 'no dead letters'].join('\n');
}

function countsOf(redriven: readonly Redriven[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { kind } of redriven) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
