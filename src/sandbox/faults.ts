/** What goes wrong, where, and how often. A field that is absent matches everything. */
export interface Fault {
  readonly kind:
    | 'throttle' // ThrottlingException, not applied
    | 'denied' // AccessDeniedException, not applied
    | 'error500' // InternalServiceError, not applied
    | 'reset' // ECONNRESET, not applied
    | 'delay' // the call waits delayMs first
    | 'lost-answer' // applied, then ECONNRESET
    | 'region-down' // ECONNREFUSED, not applied
    | 'stale-read'; // describe and list answer from before the last write
  /** Signing name: `secretsmanager`, `sts`, `monitoring`, `sqs`, `s3`. */
  readonly service?: string;
  readonly operation?: string;
  readonly region?: string;
  readonly account?: string;
  /** Calls it strikes before it is spent; default: until removed. */
  readonly times?: number;
  /** Chance per matching call, 0 to 1, by the sandbox's own random; default 1. */
  readonly probability?: number;
  /** Milliseconds, for `delay`. */
  readonly delayMs?: number;
}

export interface FaultTarget {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly account: string;
}

interface Armed {
  readonly fault: Fault;
  left: number;
}

const MATCHED = ['service', 'operation', 'region', 'account'] as const;

/** Faults in the order in which they were added. */
export class Faults {
  #armed: Armed[] = [];
  readonly #random: () => number;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Returns the function that takes the fault away again. */
  add(fault: Fault): () => void {
    const armed = { fault, left: fault.times ?? Number.POSITIVE_INFINITY };
    this.#armed.push(armed);
    return () => {
      this.#armed = this.#armed.filter((other) => other !== armed);
    };
  }

  clear(): void {
    this.#armed = [];
  }

  /** The faults that strike this call: any number of delays and stale reads, then at most one that ends it. */
  strike(target: FaultTarget): readonly Fault[] {
    if (this.#armed.length === 0) return [];
    const struck: Fault[] = [];
    for (const armed of this.#armed) {
      if (!this.#strikes(armed, target)) continue;
      armed.left -= 1;
      struck.push(armed.fault);
      if (armed.fault.kind !== 'delay' && armed.fault.kind !== 'stale-read') break;
    }
    this.#armed = this.#armed.filter((armed) => armed.left > 0);
    return struck;
  }

  #strikes({ fault }: Armed, target: FaultTarget): boolean {
    if (!MATCHED.every((key) => fault[key] === undefined || fault[key] === target[key])) return false;
    return fault.probability === undefined || this.#random() < fault.probability;
  }
}
