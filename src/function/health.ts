import { configDigest } from '../core/config-digest.js';
import { asReplicatorError, type FailureCode } from '../core/failure.js';
import type { BreakerState } from '../flow/breaker.js';
import type { MessageQueue, QueueDepth } from '../flow/message-queue.js';
import type { SecretStore } from '../flow/ports.js';
import type { Invocation } from './invocation.js';
import type { RulesInForce } from './published-rules.js';
import type { LastReconcile, Wiring } from './wiring.js';

/** A probe that takes longer counts as no answer. Milliseconds. */
const PROBE_MS = 5_000;

/** Whether something answers us; where it does not, why. */
export type Reached = { readonly reachable: true } | { readonly reachable: false; readonly code: FailureCode };

/** Undefined depth: the queue could not be asked, and `code` says why. */
export type Queued = QueueDepth | { readonly code: FailureCode };

export interface Health {
  readonly action: 'health';
  /** The process lives and understood its configuration; otherwise nothing would answer. */
  readonly alive: true;
  /** Source and every destination answer, and no breaker is open. */
  readonly ready: boolean;
  /** Hex SHA-256 of the configuration in force. */
  readonly config: string;
  /** Where its rules are from; absent: they change by a deployment only. */
  readonly rules?: RulesInForce;
  readonly sourceRegion: string;
  readonly source: Reached;
  readonly destinations: readonly DestinationHealth[];
  /** Only those whose URL the function was told. */
  readonly queues: { readonly changes?: Queued; readonly deadLetters?: Queued };
  /** The last one of this process; absent: it has done none. */
  readonly lastReconcile?: LastReconcile;
}

export type DestinationHealth = Reached & {
  readonly id: string;
  readonly region: string;
  readonly breaker: BreakerState;
  /** Writes a second that it is given at most at the moment. */
  readonly writesPerSecond: number;
};

/** One cheap call to each place, made past the breakers so that it neither opens nor closes one. Never rejects. */
export async function health(wiring: Wiring, invocation: Invocation): Promise<Health> {
  const { config } = wiring;
  const published = await wiring.published?.();
  const signal = AbortSignal.any([invocation.deadline.signal, AbortSignal.timeout(PROBE_MS)]);
  const [source, destinations, changes, deadLetters] = await Promise.all([
    reach(wiring.source, signal),
    Promise.all(wiring.destinations.map((destination) => destinationHealth(destination, signal))),
    queued(wiring.changes, signal),
    queued(wiring.deadLetterQueue, signal),
  ]);
  return {
    action: 'health',
    alive: true,
    ready: source.reachable && destinations.every(({ reachable, breaker }) => reachable && breaker !== 'open'),
    config: configDigest(config),
    ...(published === undefined ? {} : { rules: published.inForce }),
    sourceRegion: config.source.region,
    source,
    destinations,
    queues: {
      ...(changes === undefined ? {} : { changes }),
      ...(deadLetters === undefined ? {} : { deadLetters }),
    },
    ...(wiring.last.reconcile === undefined ? {} : { lastReconcile: wiring.last.reconcile }),
  };
}

async function destinationHealth(
  { config: { id, region }, store, breaker, pace }: Wiring['destinations'][number],
  signal: AbortSignal,
): Promise<DestinationHealth> {
  const reached = await reach(store, signal);
  return { id, region, ...reached, breaker: breaker.state, writesPerSecond: Math.floor(pace.perSecond) };
}

async function reach(store: Pick<SecretStore, 'probe'>, signal: AbortSignal): Promise<Reached> {
  try {
    await store.probe(signal);
    return { reachable: true };
  } catch (thrown) {
    return { reachable: false, code: asReplicatorError(thrown).code };
  }
}

async function queued(
  queue: Pick<MessageQueue, 'depth'> | undefined,
  signal: AbortSignal,
): Promise<Queued | undefined> {
  try {
    return await queue?.depth(signal);
  } catch (thrown) {
    return { code: asReplicatorError(thrown).code };
  }
}
