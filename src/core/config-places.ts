import type { Backoff } from './backoff.js';
import type { AccountId, DestinationId, Region } from './names.js';
import type { Selection } from './selection.js';

/** What of a configuration can contradict itself. */
export interface Places {
  readonly source: { readonly region: Region; readonly select: Selection };
  readonly destinations: readonly {
    readonly id: DestinationId;
    readonly index: number;
    readonly region: Region;
    readonly role?: { readonly arn: string };
    readonly credentialsSecret?: string;
    readonly account?: AccountId;
    readonly rename?: string;
    readonly kmsKeyId?: string;
  }[];
  readonly retry: Backoff;
}
