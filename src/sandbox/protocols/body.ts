import { gunzipSync } from 'node:zlib';
import type { WireRequest } from './protocol.js';

/** The body as text, unpacked when the SDK compressed it. */
export function bodyText(request: WireRequest): string {
  const { body } = request;
  if (typeof body === 'string') return body;
  const { buffer, byteOffset, byteLength } = bodyBytes(request);
  return Buffer.from(buffer, byteOffset, byteLength).toString();
}

export function bodyBytes(request: WireRequest): Uint8Array {
  const bytes = typeof request.body === 'string' ? Buffer.from(request.body) : request.body;
  return request.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes;
}
