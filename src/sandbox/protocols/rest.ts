import type { Fields } from '../call.js';
import type { ServiceError } from '../service-error.js';
import { escaped } from './xml-text.js';
import { withoutChunks } from './aws-chunked.js';
import type { Protocol, WireRequest } from './protocol.js';

/** As S3 calls what other services call otherwise (S3 API reference, error responses). */
const COMMON: Readonly<Record<string, { readonly code: string; readonly status: number }>> = {
  AccessDeniedException: { code: 'AccessDenied', status: 403 },
  MissingAuthenticationTokenException: { code: 'AccessDenied', status: 403 },
  ExpiredTokenException: { code: 'ExpiredToken', status: 400 },
  ThrottlingException: { code: 'SlowDown', status: 503 },
  InternalServiceError: { code: 'InternalError', status: 500 },
};

/** Of an object and of a bucket. */
const OPERATIONS: Readonly<Record<string, string>> = {
  'PUT object': 'PutObject',
  'GET object': 'GetObject',
  'HEAD object': 'HeadObject',
  'DELETE object': 'DeleteObject',
  'PUT bucket': 'CreateBucket',
};

/** The one protocol of S3: method, host, path and headers are the call, and the body is the object. */
export const restProtocol: Protocol = {
  operation: (request) => {
    const { key, asked } = targetOf(request);
    const name = `${request.method ?? 'GET'} ${key === '' ? 'bucket' : 'object'}`;
    return asked.length > 0 ? `${name} ${asked.join()}` : (OPERATIONS[name] ?? name);
  },
  decode: (request) => {
    const { bucket, key } = targetOf(request);
    const { body } = request;
    return {
      Bucket: bucket,
      Key: key,
      IfNoneMatch: request.headers['if-none-match'],
      Body: withoutChunks(typeof body === 'string' ? Buffer.from(body) : body, request.headers),
    };
  },
  encode: (output, operation, requestId) => {
    const body = output['Body'] instanceof Uint8Array ? output['Body'] : new Uint8Array();
    const isHead = operation === 'HeadObject';
    return {
      status: statusOf(output, operation),
      headers: {
        'x-amz-request-id': requestId,
        ...(isHead ? { 'content-length': String(body.length) } : {}),
        ...texts(output, { ETag: 'etag', LastModified: 'last-modified', Location: 'location' }),
      },
      body: isHead ? new Uint8Array() : body,
    };
  },
  encodeError: (error: ServiceError, requestId) => {
    const { code, status } = COMMON[error.code] ?? error;
    const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escaped(code)}</Code><Message>${escaped(error.message)}</Message><RequestId>${requestId}</RequestId></Error>`;
    return {
      status,
      headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
      body: Buffer.from(xml),
    };
  },
};

function statusOf({ NotModified }: Fields, operation: string): number {
  if (operation === 'DeleteObject') return 204;
  return NotModified === true ? 304 : 200;
}

interface Target {
  readonly bucket: string;
  readonly key: string;
  /** Parameters that ask for something else than the object or bucket itself. */
  readonly asked: readonly string[];
}

/** `rules.s3.us-east-1.amazonaws.com`, and `rules.localhost` on this machine; every other host has the bucket in its path. */
const BUCKET_IN_HOST = /^https?:\/\/([a-z0-9.-]+)\.(?:s3[.-]|localhost(?::|$))/;

function targetOf({ origin, path }: WireRequest): Target {
  const [, raw = '', query = ''] = /^\/?([^?]*)\??(.*)$/s.exec(path) ?? [];
  // The name of the operation, which the SDK puts there for whoever reads a log.
  const asked = [...new URLSearchParams(query).keys()].filter((name) => name !== 'x-id');
  const inHost = BUCKET_IN_HOST.exec(origin)?.[1];
  if (inHost !== undefined) return { bucket: inHost, key: decodeURIComponent(raw), asked };
  const [bucket = '', ...rest] = raw.split('/');
  return { bucket, key: decodeURIComponent(rest.join('/')), asked };
}

function texts(output: Fields, names: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([key, name]) => {
      const value = output[key];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );
}
