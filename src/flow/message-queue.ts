/** A message as a queue hands it over. */
export interface QueuedMessage {
  readonly id: string;
  /** Names this very delivery to `delete` and `hide`. */
  readonly handle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** About how many messages a queue holds. */
export interface QueueDepth {
  readonly waiting: number;
  /** Delivered, and neither deleted nor visible again. */
  readonly underWay: number;
}

/** A queue. Every method rejects with ReplicatorError and nothing else. */
export interface MessageQueue {
  /** Up to ten messages, hidden from others for so long. None: there is none at the moment. */
  receive(hiddenSeconds: number, signal: AbortSignal): Promise<readonly QueuedMessage[]>;
  send(body: string, signal: AbortSignal): Promise<void>;
  delete(handle: string, signal: AbortSignal): Promise<void>;
  /** Hides a delivered message for so long from now on; 0 shows it at once. */
  hide(handle: string, seconds: number, signal: AbortSignal): Promise<void>;
  depth(signal: AbortSignal): Promise<QueueDepth>;
}
