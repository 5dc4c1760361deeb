import { ServiceError } from '../service-error.js';
import type { WireRequest } from './protocol.js';

/** `<size in hex>[;chunk-signature=…]`, the chunk, and so on until one of size 0, after which checksums may follow (S3 API reference, sigv4-streaming). */
export function withoutChunks(body: Uint8Array, headers: WireRequest['headers']): Uint8Array {
  if (!(headers['content-encoding'] ?? '').includes('aws-chunked')) return body;
  const bytes = Buffer.from(body);
  const chunks: Buffer[] = [];
  for (let at = 0; ;) {
    const end = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.toString('latin1', at, Math.max(at, end)), 16);
    if (end < 0 || Number.isNaN(size)) throw new ServiceError('IncompleteBody', 'The body ends within a chunk.');
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}
