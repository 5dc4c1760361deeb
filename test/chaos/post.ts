import { NATIVE_PATTERN, TRAIL_PATTERN } from '../../src/core/change-patterns.js';
import type { EventBridgeEvent } from '../../src/sandbox/event-bus.js';
import { compilePattern } from '../../src/sandbox/event-pattern.js';
import type { Queue } from '../../src/sandbox/queues/queue.js';
import type { Cloud } from './cloud.js';

export interface PostOptions {
  readonly region: string;
  readonly queue: Queue;
  readonly random: () => number;
  /** Chance that none of a change's events arrives. */
  readonly lost: number;
  /** Chance that an event arrives twice. */
  readonly doubled: number;
  /** Each event takes anything up to this, so that later ones overtake it. Milliseconds. */
  readonly slowestMs: number;
}

/** EventBridge on a bad day. */
export class Post {
  lost = 0;
  doubled = 0;
  #events: EventBridgeEvent[] = [];
  readonly #rules = [NATIVE_PATTERN, TRAIL_PATTERN].map(compilePattern);

  constructor(
    cloud: Pick<Cloud, 'subscribe'>,
    private readonly options: PostOptions,
  ) {
    cloud.subscribe((event) => {
      const { region } = options;
      if (event.region === region && this.#rules.some((matches) => matches(event))) this.#events.push(event);
    });
  }

  /** Sends on what happened since the last call; false where it is lost. */
  deliver(): boolean {
    const events = this.#events.splice(0);
    const { random, lost, doubled } = this.options;
    if (random() < lost) {
      this.lost += 1;
      return false;
    }
    for (const event of events) {
      this.#send(event);
      if (random() >= doubled) continue;
      this.doubled += 1;
      this.#send(event);
    }
    return true;
  }

  #send(event: EventBridgeEvent): void {
    const { queue, random, slowestMs } = this.options;
    queue.send(JSON.stringify(event), { delayMs: random() * slowestMs });
  }
}
