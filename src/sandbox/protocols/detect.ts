import { cborProtocol } from './cbor.js';
import { jsonProtocol } from './json.js';
import type { Protocol, WireRequest } from './protocol.js';
import { queryProtocol } from './query.js';
import { restProtocol } from './rest.js';

const JSON_10 = 'application/x-amz-json-1.0';
const JSON_11 = 'application/x-amz-json-1.1';
const json10 = jsonProtocol(JSON_10);
const json11 = jsonProtocol(JSON_11);

/** The protocol that a request speaks, told by its headers. */
export function detectProtocol({ headers }: WireRequest): Protocol {
  if (headers['smithy-protocol'] === 'rpc-v2-cbor') return cborProtocol;
  // An object may have any type, so that who signs for S3 is asked first.
  if (headers['authorization']?.includes('/s3/aws4_request') === true) return restProtocol;
  const type = headers['content-type'] ?? '';
  if (type.startsWith('application/x-www-form-urlencoded')) return queryProtocol;
  return type.startsWith(JSON_10) ? json10 : json11;
}
