import { createHash } from 'node:crypto';
import type { ReplicationConfig } from './config.js';

/** Tells two configurations apart: hex SHA-256 over everything that is in force, rules and defaults included, tests and where rules are read from aside. */
export function configDigest(config: ReplicationConfig): string {
  const destinations = config.destinations.map((destination) => ({ ...destination, tests: undefined }));
  return createHash('sha256')
    .update(JSON.stringify({ ...config, destinations, rulesObject: undefined }, plain))
    .digest('hex');
}

function plain(_key: string, value: unknown): unknown {
  return value instanceof Map || value instanceof Set ? [...value] : value;
}
