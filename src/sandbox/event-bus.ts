/** An event in EventBridge's envelope. */
export interface EventBridgeEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** ISO 8601, whole seconds. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

export type EventListener = (event: EventBridgeEvent) => void;

/** The default buses of every account and region as one. Delivers at once, in order, to every listener. */
export class EventBus {
  readonly #listeners = new Set<EventListener>();

  /** False while nobody listens, so that events need not be made. */
  get isHeard(): boolean {
    return this.#listeners.size > 0;
  }

  /** Returns the function that ends the subscription. */
  subscribe(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  send(event: EventBridgeEvent): void {
    for (const listener of this.#listeners) listener(event);
  }
}
