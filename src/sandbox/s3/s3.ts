import type { Call, Fields } from '../call.js';
import { optionalText, textOf } from '../fields.js';
import { ServiceError } from '../service-error.js';
import type { Buckets, StoredObject } from './buckets.js';

/** What it takes to publish one object and to read it again, also under a condition. */
export function callS3(buckets: Buckets, { operation, input, caller: { account } }: Call): Fields {
  const [bucket, key] = [textOf(input, 'Bucket'), textOf(input, 'Key')];
  switch (operation) {
    case 'CreateBucket':
      buckets.create(bucket, account);
      return { Location: `/${bucket}` };
    case 'PutObject':
      return { ETag: buckets.put(bucket, key, input['Body'] as Uint8Array, account).etag };
    case 'GetObject':
      return readObject(buckets.get(bucket, key, account), optionalText(input, 'IfNoneMatch'));
    case 'HeadObject':
      return readObject(buckets.get(bucket, key, account), undefined);
    case 'DeleteObject':
      buckets.delete(bucket, key, account);
      return {};
    default:
      throw new ServiceError('NotImplemented', `The stand-in has no operation "${operation}" of S3.`, 501);
  }
}

function readObject({ body, etag, lastModified }: StoredObject, ifNoneMatch: string | undefined): Fields {
  const about = { ETag: etag, LastModified: new Date(lastModified).toUTCString() };
  // Quotes may be left out by the caller.
  const isKnown = ifNoneMatch !== undefined && ifNoneMatch.replaceAll('"', '') === etag.replaceAll('"', '');
  return isKnown ? { ...about, NotModified: true } : { ...about, Body: body };
}
