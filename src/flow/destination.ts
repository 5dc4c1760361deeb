import type { DestinationConfig } from '../core/config.js';
import type { DestinationRules } from '../core/transformed.js';
import type { SteadyStore } from './steady-store.js';

/** A destination as far as it decides on a replica's name. */
export type Neighbour = Pick<Destination, 'config' | 'rules'>;

/** A destination ready to be written to: its configuration, its compiled rules, its store. */
export interface Destination {
  readonly config: DestinationConfig;
  readonly rules: DestinationRules;
  readonly store: SteadyStore;
  /** Those of its region that stand before it in the file, whether or not they take part. */
  readonly earlier: readonly Neighbour[];
}
