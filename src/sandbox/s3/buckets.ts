import { createHash } from 'node:crypto';
import { ServiceError } from '../service-error.js';

/** An object as it was last put. */
export interface StoredObject {
  readonly body: Uint8Array;
  /** In quotes, as it travels: the MD5 of the body (S3 API reference, Object; for a single put without a key of KMS). */
  readonly etag: string;
  /** Epoch milliseconds. */
  readonly lastModified: number;
}

interface Bucket {
  readonly account: string;
  readonly objects: Map<string, StoredObject>;
}

/** S3 user guide, bucket naming rules; what else they forbid no test asks for. */
const NAME = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;

/** Buckets, whose names are known in every account. Without policies: an object is its bucket's owner's alone. */
export class Buckets {
  readonly #buckets = new Map<string, Bucket>();

  constructor(private readonly options: { readonly now: () => number; readonly defaultAccount: string }) {}

  create(name: string, account = this.options.defaultAccount): void {
    if (!NAME.test(name)) throw new ServiceError('InvalidBucketName', 'The specified bucket is not valid.');
    const owner = this.#buckets.get(name)?.account;
    if (owner === account) throw new ServiceError('BucketAlreadyOwnedByYou', 'The bucket is there already.', 409);
    if (owner !== undefined) throw new ServiceError('BucketAlreadyExists', 'The bucket name is taken.', 409);
    this.#buckets.set(name, { account, objects: new Map() });
  }

  put(bucket: string, key: string, body: Uint8Array | string, account = this.options.defaultAccount): StoredObject {
    const bytes = typeof body === 'string' ? Buffer.from(body) : body;
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    const stored = { body: bytes, etag, lastModified: this.options.now() };
    this.#of(bucket, account).set(key, stored);
    return stored;
  }

  /** Throws ServiceError: NoSuchBucket, NoSuchKey, AccessDenied. */
  get(bucket: string, key: string, account = this.options.defaultAccount): StoredObject {
    const found = this.#of(bucket, account).get(key);
    if (found === undefined) throw new ServiceError('NoSuchKey', 'The specified key does not exist.', 404);
    return found;
  }

  delete(bucket: string, key: string, account = this.options.defaultAccount): void {
    this.#of(bucket, account).delete(key);
  }

  #of(name: string, account: string): Map<string, StoredObject> {
    const bucket = this.#buckets.get(name);
    if (bucket === undefined) throw new ServiceError('NoSuchBucket', 'The specified bucket does not exist.', 404);
    if (bucket.account !== account) throw new ServiceError('AccessDenied', 'Access Denied', 403);
    return bucket.objects;
  }
}
