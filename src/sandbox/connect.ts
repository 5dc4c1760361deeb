import type { EventBus } from './event-bus.js';
import { compilePattern, type EventPattern } from './event-pattern.js';
import type { Queue } from './queues/queue.js';

export interface RuleOptions {
  /** One pattern a rule; an event that several rules match is sent once for each, as EventBridge does. */
  readonly patterns: readonly EventPattern[];
  /** A rule sees only the bus of its own region and account; default: all of them. */
  readonly region?: string;
  readonly account?: string;
}

/** Rules from a bus to a queue: every matching event becomes a message at once. Returns what takes the rules away. */
export function connect(bus: EventBus, queue: Queue, options: RuleOptions): () => void {
  const rules = options.patterns.map(compilePattern);
  return bus.subscribe((event) => {
    if (options.region !== undefined && event.region !== options.region) return;
    if (options.account !== undefined && event.account !== options.account) return;
    for (const matches of rules) if (matches(event)) queue.send(JSON.stringify(event));
  });
}
