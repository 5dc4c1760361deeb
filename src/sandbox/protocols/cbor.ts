import { cbor, tag } from '@smithy/core/cbor';
import type { Fields } from '../call.js';
import { ServiceError } from '../service-error.js';
import { bodyBytes } from './body.js';
import type { Protocol } from './protocol.js';
import { queryErrorHeader } from './query-error.js';

/** Smithy RPC v2 CBOR, which the AWS CLI uses for CloudWatch: `/service/Name/operation/Operation`. */
export const cborProtocol: Protocol = {
  operation: ({ path }) => path.slice(path.lastIndexOf('/') + 1),
  decode: (request) => {
    try {
      const bytes = bodyBytes(request);
      return bytes.length === 0 ? {} : (plain(cbor.deserialize(bytes)) as Fields);
    } catch (error) {
      throw new ServiceError('SerializationException', `The request body is not CBOR: ${String(error)}`);
    }
  },
  encode: (output, _operation, requestId) => ({
    status: 200,
    headers: headers(requestId),
    body: cbor.serialize(tagged(output)),
  }),
  encodeError: (error, requestId) => ({
    status: error.status,
    headers: { ...headers(requestId), ...queryErrorHeader(error) },
    body: cbor.serialize({ __type: error.code, message: error.message }),
  }),
};

function headers(requestId: string): Record<string, string> {
  return { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor', 'x-amzn-requestid': requestId };
}

/** Instants come as tag 1 around epoch seconds; the services here take the bare number, as in JSON. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if ('tag' in value && 'value' in value) return value.value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

/** The one member of our answers that holds instants is `Timestamps` of GetMetricData. */
function tagged(value: unknown, key = ''): unknown {
  if (typeof value === 'number' && key === 'Timestamps') return tag({ tag: 1, value });
  if (Array.isArray(value)) return value.map((member: unknown) => tagged(member, key));
  if (typeof value !== 'object' || value === null) return value;
  const present = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(present.map(([name, member]) => [name, tagged(member, name)]));
}
