/** When a destination is left alone because it does not answer, and for how long. */
export interface CircuitBreakerConfig {
  readonly enabled: boolean;
  /** Failures in a row, for causes that pass, after which no call is made. */
  readonly failures: number;
  /** How long no call is made; then a single one is, whose ending decides. Milliseconds. */
  readonly openMs: number;
}

/** When the file says nothing (docs/decisions/0006). */
export const DEFAULT_CIRCUIT_BREAKER: CircuitBreakerConfig = { enabled: true, failures: 5, openMs: 60_000 };
