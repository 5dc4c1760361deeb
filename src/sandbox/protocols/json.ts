import type { Fields } from '../call.js';
import { ServiceError } from '../service-error.js';
import { bodyText } from './body.js';
import type { Protocol } from './protocol.js';
import { queryErrorHeader } from './query-error.js';

/** AWS JSON 1.0 and 1.1: `X-Amz-Target: prefix.Operation`, instants as epoch seconds, bytes as base64. */
export function jsonProtocol(contentType: string): Protocol {
  return {
    operation: ({ headers }) => {
      const target = headers['x-amz-target'] ?? '';
      return target.slice(target.lastIndexOf('.') + 1);
    },
    decode: (request) => parse(bodyText(request)),
    encode: (output, _operation, requestId) => ({
      status: 200,
      headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
      body: Buffer.from(JSON.stringify(output)),
    }),
    encodeError: (error, requestId) => ({
      status: error.status,
      headers: {
        'content-type': contentType,
        'x-amzn-requestid': requestId,
        'x-amzn-errortype': error.code,
        ...queryErrorHeader(error),
      },
      body: Buffer.from(JSON.stringify({ __type: error.code, message: error.message })),
    }),
  };
}

function parse(text: string): Fields {
  try {
    const parsed: unknown = JSON.parse(text === '' ? '{}' : text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Fields;
  } catch {
    // The refusal below is the answer to both: no JSON, and JSON that is no object.
  }
  throw new ServiceError('SerializationException', 'The request body is not a JSON object.');
}
