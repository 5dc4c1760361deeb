import type { Readable } from 'node:stream';
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { HttpRequest, HttpResponse } from '@smithy/types';
import { ReplicatorError } from '../core/failure.js';
import { serviceDomain } from '../core/partition.js';
import type { RulesObject } from '../core/rules-object.js';
import type { failureOf } from './failures.js';

/** `same`: what has that ETag is still there. `modified`: when it was put, as HTTP writes it. `too-large`: more bytes than were asked for, and none of them read. */
export type ObjectRead =
  | { readonly kind: 'same' }
  | {
      readonly kind: 'found';
      readonly etag: string;
      readonly bytes: Uint8Array;
      readonly modified?: string | undefined;
    }
  | { readonly kind: 'too-large'; readonly etag: string };

/** An error's answer is short; of one that is not, the code stands at the beginning. Bytes. */
const MAX_ERROR_BYTES = 4_096;

export interface PublishedObjectDeps {
  readonly client: Pick<SecretsManagerClient, 'config'>;
  readonly object: RulesObject;
  /** Undefined: that of AWS. */
  readonly endpoint: string | undefined;
  /** Handed in, so that a start that needs no object is not cut into smaller files for its sake. */
  readonly failureOf: typeof failureOf;
}

/**
 * GetObject of one object, signed and sent with what a client of Secrets Manager has already: S3's own client would
 * load more than all of Secrets Manager's (docs/decisions/0018).
 */
export class PublishedObject {
  readonly #deps: PublishedObjectDeps;

  constructor(deps: PublishedObjectDeps) {
    this.#deps = deps;
  }

  /** The object, unless it still has that ETag. One attempt. Rejects with ReplicatorError. */
  async read(etag: string | undefined, maxBytes: number, signal: AbortSignal): Promise<ObjectRead> {
    const region = await this.#deps.client.config.region();
    try {
      const response = await this.#send(region, etag, signal);
      if (response.statusCode === 304) return { kind: 'same' };
      if (response.statusCode !== 200) throw await refusal(response, region, signal);
      const { etag: found, 'last-modified': modified } = response.headers;
      if (found === undefined) throw faultOf(response, 'NoETag');
      const bytes = await bytesOf(response, maxBytes, signal);
      return bytes === undefined ? { kind: 'too-large', etag: found } : { kind: 'found', etag: found, bytes, modified };
    } catch (thrown) {
      if (signal.aborted) throw new ReplicatorError('Timeout', `GetObject in ${region} failed: no answer in time`);
      throw this.#deps.failureOf(thrown, 'GetObject', region);
    }
  }

  async #send(region: string, etag: string | undefined, abortSignal: AbortSignal): Promise<HttpResponse> {
    const { signer, requestHandler } = this.#deps.client.config;
    const { origin, path } = this.#place(region);
    const { protocol, hostname, port, host } = new URL(origin);
    const request: HttpRequest = {
      method: 'GET',
      protocol,
      hostname,
      ...(port === '' ? {} : { port: Number(port) }),
      path,
      query: {},
      headers: { host, ...(etag === undefined ? {} : { 'if-none-match': etag }) },
    };
    // The path is signed as it stands: no character of a key is escaped, and no part of it is a dot.
    const signed = await (await signer()).sign(request, { signingService: 's3' });
    const { response } = await requestHandler.handle(signed as Parameters<typeof requestHandler.handle>[0], {
      abortSignal,
    });
    return response;
  }

  /** A bucket with a dot in its name fits no certificate as a host, and other endpoints need not know its name. */
  #place(region: string): { readonly origin: string; readonly path: string } {
    const { endpoint, object } = this.#deps;
    const { bucket, key } = object;
    if (endpoint !== undefined) return { origin: endpoint, path: `/${bucket}/${key}` };
    const host = `s3.${region}.${serviceDomain(region)}`;
    return bucket.includes('.')
      ? { origin: `https://${host}`, path: `/${bucket}/${key}` }
      : { origin: `https://${bucket}.${host}`, path: `/${key}` };
  }
}

/** Undefined: there are more, and the rest is let go. */
async function bytesOf(
  { headers, body }: HttpResponse,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  // The stand-in answers with bytes. The network answers with a stream, and whoever leaves it early ends the connection.
  const stream = body instanceof Uint8Array ? [body] : (body as Readable);
  if (!Array.isArray(stream)) signal.addEventListener('abort', () => stream.destroy(new Error('aborted')));
  const chunks: Uint8Array[] = [];
  let left = Number(headers['content-length'] ?? 0) > maxBytes ? 0 : maxBytes;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    left -= chunk.length;
    if (left < 0) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The code that S3 gives in its XML; what follows it may quote anything. */
async function refusal(response: HttpResponse, region: string, signal: AbortSignal): Promise<Error> {
  const bytes = (await bytesOf(response, MAX_ERROR_BYTES, signal)) ?? new Uint8Array();
  const code = /<Code>(\w+)<\/Code>/.exec(Buffer.from(bytes).toString('latin1'))?.[1] ?? '';
  const { statusCode } = response;
  const found = `GetObject in ${region} failed: ${code} (HTTP ${statusCode})`;
  if (statusCode === 404) return new ReplicatorError('NotFound', found);
  // Buckets of other regions answer with where they are.
  if (statusCode < 400) return new ReplicatorError('InvalidRequest', `${found}; the bucket has to be in ${region}`);
  return faultOf(response, code);
}

/** As a client of the SDK would throw it. */
function faultOf({ statusCode, headers }: HttpResponse, name: string): Error {
  const $metadata = { httpStatusCode: statusCode, requestId: headers['x-amz-request-id'] };
  return Object.assign(new Error(), { name, $fault: 'client', $metadata });
}
