import type { BlockReason } from './failure.js';
import { isHeldOff } from './hold.js';
import { metadataChange, type MetadataChange, type WantedMetadata } from './metadata.js';
import { ownerOf, OWNER_TAG } from './ownership.js';
import type { Region, VersionId } from './names.js';
import { currentVersion, type SecretDescription } from './secret-description.js';

/** What must happen to an existing secret before its value can be dealt with. */
export type Preparation = 'restore' | 'adopt';

/** What one destination needs, decided from what was observed and before anything is written. */
export type Step =
  | { readonly kind: 'create' }
  | {
      readonly kind: 'update';
      readonly prepare: readonly Preparation[];
      /** `put` a new version, `promote` one that is there, or `keep` the value as it is. */
      readonly value: 'put' | 'promote' | 'keep';
      /** The version that holds AWSCURRENT now; a promotion moves it from there and from nowhere else. */
      readonly from: VersionId | undefined;
      /** Description, key and tags that are not as configured. */
      readonly metadata?: MetadataChange;
    }
  | { readonly kind: 'unchanged' }
  /** The replica was undone, and what is wanted is the very version that was held off. */
  | { readonly kind: 'held' }
  | { readonly kind: 'blocked'; readonly reason: BlockReason };

export interface StepInput {
  readonly source: SecretDescription;
  /** The version the replica should have under AWSCURRENT. */
  readonly token: VersionId;
  readonly region: Region;
  /** What stands at the destination; undefined: nothing. */
  readonly replica: SecretDescription | undefined;
  /** The configuration allows taking this secret over although it is not ours. */
  readonly mayAdopt: boolean;
  /** Undefined: the replica's description, key and tags are not looked at. */
  readonly metadata?: WantedMetadata | undefined;
}

/** The table of docs/decisions/0001, row by row. Pure. */
export function planStep(input: StepInput): Step {
  const { replica, token } = input;
  if (replica === undefined) return { kind: 'create' };
  const reason = obstacle(input, replica);
  if (reason !== undefined) return { kind: 'blocked', reason };
  const prepare: Preparation[] = [];
  if (replica.deletedAt !== undefined) prepare.push('restore');
  if (ownership(input, replica) !== 'ours') prepare.push('adopt');
  const from = currentVersion(replica);
  const isHeld = isHeldOff(replica, token, input.source);
  if (isHeld && prepare.length === 0) return { kind: 'held' };
  const value = from === token || isHeld ? 'keep' : replica.versions.has(token) ? 'promote' : 'put';
  const metadata = input.metadata === undefined ? undefined : metadataChange(input.metadata, replica);
  if (value === 'keep' && prepare.length === 0 && metadata === undefined) return { kind: 'unchanged' };
  return { kind: 'update', prepare, value, from, ...(metadata === undefined ? {} : { metadata }) };
}

function obstacle(input: StepInput, replica: SecretDescription): BlockReason | undefined {
  if (replica.arn === input.source.arn) return 'SourceItself';
  if (replica.primaryRegion !== undefined && replica.primaryRegion !== input.region) return 'NativeReplica';
  if (replica.owningService !== undefined) return 'ManagedByService';
  const owner = ownership(input, replica);
  if (owner !== 'ours' && !input.mayAdopt) return owner;
  if (replica.rotationEnabled) return 'RotationEnabled';
  return undefined;
}

function ownership(input: StepInput, replica: SecretDescription): 'ours' | 'Foreign' | 'OwnedByAnother' {
  const owner = replica.tags.get(OWNER_TAG);
  if (owner === undefined) return 'Foreign';
  return owner === ownerOf(input.source) ? 'ours' : 'OwnedByAnother';
}

export function needsValue(step: Step): boolean {
  return step.kind === 'create' || (step.kind === 'update' && step.value === 'put');
}
