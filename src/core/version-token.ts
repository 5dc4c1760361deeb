import { createHash } from 'node:crypto';
import type { DestinationId, SecretArn, VersionId } from './names.js';

/** True for the form of a version that was derived under rules. The service and its console make UUIDs. */
export function isDerived(version: VersionId): boolean {
  return /^[0-9a-f]{64}$/.test(version);
}

export interface TokenInput {
  readonly sourceArn: SecretArn;
  readonly sourceVersion: VersionId;
  readonly destination: DestinationId;
  /** Of rules and bound variables; undefined: the value passes unchanged. */
  readonly rulesDigest: string | undefined;
}

/**
 * The replica's version id, derived from all that determines its value and from nothing else: the same change always
 * asks for the same version, so a repeated write is ignored by the service and a rollback finds the version it wants.
 * 64 hex characters, or the source's own version id where no rule applies.
 */
export function versionToken(input: TokenInput): VersionId {
  if (input.rulesDigest === undefined) return input.sourceVersion;
  const parts = [input.sourceArn, input.sourceVersion, input.rulesDigest, input.destination];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex') as VersionId;
}
