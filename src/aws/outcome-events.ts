import { EventBridgeClient, PutEventsCommand, type PutEventsRequestEntry } from '@aws-sdk/client-eventbridge';
import { ReplicatorError } from '../core/failure.js';
import { EVENT_SOURCE, REPLICA_WRITTEN, type ReplicaWritten } from '../core/outcome-event.js';
import type { ClientConfig } from './client-config.js';
import { failureOf } from './failures.js';

/**
 * Most entries in one request (EventBridge API reference, PutEvents). Ten of ours, with the longest names, are 20 KB of the
 * megabyte that a request may have.
 */
const MAX_ENTRIES = 10;

/** The bus on which the user wants to hear of replicas. */
export class OutcomeEvents {
  readonly #client: EventBridgeClient;
  readonly #bus: string;

  constructor(home: ClientConfig, bus: string) {
    this.#client = new EventBridgeClient(home);
    this.#bus = bus;
  }

  /** Sends every event, also after some were refused. Rejects with ReplicatorError that says how many were not taken. */
  async send(events: readonly ReplicaWritten[], at: Date, signal: AbortSignal): Promise<void> {
    const refused: ReplicatorError[] = [];
    let missing = 0;
    for (let start = 0; start < events.length; start += MAX_ENTRIES) {
      const part = events.slice(start, start + MAX_ENTRIES);
      try {
        missing += await this.#put(part, at, signal);
      } catch (thrown) {
        refused.push(failureOf(thrown, 'PutEvents', await this.#client.config.region()));
        missing += part.length;
      }
    }
    if (missing === 0) return;
    throw new ReplicatorError(
      refused[0]?.code ?? 'ServiceError',
      `${missing} of ${events.length} events were not taken by the bus${refused[0] === undefined ? '' : `: ${refused[0].message}`}`,
    );
  }

  async #put(events: readonly ReplicaWritten[], at: Date, signal: AbortSignal): Promise<number> {
    const Entries = events.map((detail): PutEventsRequestEntry => ({
      EventBusName: this.#bus,
      Source: EVENT_SOURCE,
      DetailType: REPLICA_WRITTEN,
      Detail: JSON.stringify(detail),
      Time: at,
    }));
    const { FailedEntryCount = 0 } = await this.#client.send(new PutEventsCommand({ Entries }), {
      abortSignal: signal,
    });
    return FailedEntryCount;
  }
}
