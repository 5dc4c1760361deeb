import * as z from 'zod/mini';
import { isWritableName, parseSecretArn } from './names.js';
import { text } from './step-schema.js';

/** What stands in the role's policy as it is written, where * and ? would mean more than one. */

export const secretId = z
  .string()
  .check(
    z.refine(
      (id) => isWritableName(id) || (parseSecretArn(id) !== undefined && !/[*?]/.test(id)),
      'is not the name or ARN of a secret',
    ),
  );

export const exactName = z
  .string()
  .check(z.refine(isWritableName, 'takes the exact name of a secret: 1 to 512 letters, digits and / _ + = . @ -'));

export const kmsKey = text(2_048).check(
  z.regex(
    /^(?:arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/|(?:arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:)?alias\/)?[\w/-]*$/,
    'takes the id of a key, alias/<name>, or the ARN of either',
  ),
);
