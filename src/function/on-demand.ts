import type { Clients } from '../aws/clients.js';
import { failureOf } from '../aws/failures.js';
import type { OutcomeEvents } from '../aws/outcome-events.js';
import type { DeadLetters } from '../aws/dead-letters.js';
import type { CloudWatchPublisher } from '../aws/metrics.js';
import type { ReplicationConfig } from '../core/config.js';
import { once } from '../core/once.js';
import { point } from '../core/metrics.js';
import type { Settings } from '../core/settings.js';
import { compileDocument } from '../files/compiled-config.js';
import type { MessageQueue } from '../flow/message-queue.js';
import type { Clock } from '../flow/ports.js';
import { noTrace, type Trace } from '../flow/trace.js';
import type { PublishedRules } from './published-rules.js';

/** Takes a line for the function's own log, as it is. */
export type WriteLine = (line: string) => void;

/** Undefined where the configuration or the environment does without. */
export interface OnDemand {
  readonly publisher: Pick<CloudWatchPublisher, 'publish'> | undefined;
  /** Undefined: permanent failures are left to the queue's own redelivery limit. */
  readonly deadLetters: Pick<DeadLetters, 'bury'> | undefined;
  /** The queue that messages come from; undefined: not told. */
  readonly changes: Pick<MessageQueue, 'hide' | 'depth' | 'send'> | undefined;
  /** Where written replicas are told of. */
  readonly outcomeEvents: Pick<OutcomeEvents, 'send'> | undefined;
  readonly trace: Trace;
  readonly deadLetterQueue: Pick<MessageQueue, 'depth'> | undefined;
  /** Rules that may take the place of the deployed ones. */
  readonly published: (() => Promise<PublishedRules>) | undefined;
}

/**
 * Parts that most invocations, or the first replica of a process, can do without: each is loaded when it is first used, so
 * that a start is not paid for them.
 */
export function onDemand(
  config: ReplicationConfig,
  settings: Settings,
  clients: Clients,
  write: WriteLine,
  clock: Clock,
): OnDemand {
  return {
    publisher: publisherFor(config, settings, clients, write),
    deadLetters: deadLettersAt(settings.deadLetterQueueUrl, clients),
    outcomeEvents: eventsAt(config.eventBus, clients),
    trace: settings.tracing ? traceOnDemand() : noTrace,
    changes: queueAt(settings.changeQueueUrl, clients),
    deadLetterQueue: queueAt(settings.deadLetterQueueUrl, clients),
    published: publishedAt(settings.rules, config, clients, clock),
  };
}

function publisherFor(
  { metrics }: ReplicationConfig,
  settings: Settings,
  clients: Clients,
  write: WriteLine,
): OnDemand['publisher'] {
  if (!settings.metricsEnabled || metrics.publisher === 'none') return undefined;
  const asked = { ...metrics, namespace: settings.metricsNamespace ?? metrics.namespace };
  const publisher = once(async () => {
    if (metrics.publisher === 'emf') return new (await import('../aws/emf.js')).EmfPublisher(write, asked);
    return new (await import('../aws/metrics.js')).CloudWatchPublisher(clients.home(), asked);
  });
  return { publish: async (...points) => (await publisher()).publish(...points) };
}

function deadLettersAt(url: string | undefined, clients: Clients): OnDemand['deadLetters'] {
  if (url === undefined) return undefined;
  const letters = once(async () => {
    const { DeadLetters } = await import('../aws/dead-letters.js');
    return new DeadLetters(clients.home(), url);
  });
  return { bury: async (...letter) => (await letters()).bury(...letter) };
}

function queueAt(url: string | undefined, clients: Clients): OnDemand['changes'] {
  if (url === undefined) return undefined;
  const queue = once(async () => {
    const { SqsQueue } = await import('../aws/queue.js');
    return new SqsQueue(clients.home(), url);
  });
  return {
    hide: async (...message) => (await queue()).hide(...message),
    depth: async (...asked) => (await queue()).depth(...asked),
    send: async (...message) => (await queue()).send(...message),
  };
}

function eventsAt(bus: string | undefined, clients: Clients): OnDemand['outcomeEvents'] {
  if (bus === undefined) return undefined;
  const events = once(async () => {
    const { OutcomeEvents } = await import('../aws/outcome-events.js');
    return new OutcomeEvents(clients.home(), bus);
  });
  return { send: async (...sent) => (await events()).send(...sent) };
}

function publishedAt(
  rules: Settings['rules'],
  config: ReplicationConfig,
  clients: Clients,
  clock: Clock,
): OnDemand['published'] {
  if (rules === undefined) return undefined;
  return once(async () => {
    // The first object that a process reads has to be checked, so that the schema is needed as well.
    const [{ publishedRules }] = await Promise.all([import('./published-rules.js'), import('../core/check-config.js')]);
    const counted = point('rulesRefused', 1, { SourceRegion: config.source.region });
    return publishedRules(rules, { config, compile: compileDocument, counted, failureOf, clients, clock });
  });
}

function traceOnDemand(): Trace {
  const tracing = once(async () => (await import('../aws/tracing.js')).openTelemetryTrace());
  return async (name, attributes, run) => (await tracing())(name, attributes, run);
}
