import * as z from 'zod/mini';
import { isRulesUri, KEY_ARN, RULES_TTL_SECONDS, RULES_URI_TAKES } from './rules-object.js';
import { says } from './step-schema.js';

/** The object that may change rules, as `replicator.yaml` names it. */
export const rulesObject = z.strictObject({
  uri: z
    .string()
    .check(z.refine(isRulesUri, `takes ${RULES_URI_TAKES}`), says('s3://<bucket>/<key>, in the source region')),
  ttlSeconds: z.optional(
    z
      .int()
      .check(
        z.minimum(RULES_TTL_SECONDS.least),
        z.maximum(RULES_TTL_SECONDS.most),
        says('Seconds between two looks at it; default: 60'),
      ),
  ),
  keyArn: z.optional(
    z
      .string()
      .check(
        z.regex(KEY_ARN, 'takes the ARN of a key: arn:aws:kms:<region>:<12 digits>:key/<id>'),
        says("The key that it is encrypted with; default: S3's own"),
      ),
  ),
});
