import type { DestinationConfig } from '../core/config.js';
import type { DestinationRules } from '../core/transformed.js';
import type { SteadyStore } from './steady-store.js';

/** A destination ready to be written to: its configuration, its compiled rules, its store. */
export interface Destination {
  readonly config: DestinationConfig;
  readonly rules: DestinationRules;
  readonly store: SteadyStore;
}
