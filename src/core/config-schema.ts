import * as z from 'zod/mini';
import { isRegion, isRoleArn } from './names.js';

/** The shape of `replicator.yaml`, and of the JSON file the function reads: one schema for the editor, the check and the run time. */

const text = (maxCharacters: number) => z.string().check(z.minLength(1), z.maxLength(maxCharacters));
/** `*` any run of characters, `/` included; `?` exactly one. The same meaning as in an IAM resource pattern. */
const glob = text(512);
const region = z.string().check(z.refine(isRegion, 'is not the name of an AWS region, such as us-east-1'));
const roleArn = z
  .string()
  .check(z.refine(isRoleArn, 'is not the ARN of an IAM role: arn:aws:iam::<12 digits>:role/<name>'));
/** AssumeRole: 2 to 1,224 characters of `[\w+=,.@:/-]` (STS API reference). */
const externalId = z
  .string()
  .check(z.regex(/^[\w+=,.@:/-]{2,1224}$/, 'takes 2 to 1224 letters, digits and + = , . @ : / -'));
const destinationName = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][\w.-]{0,63}$/, 'takes 1 to 64 letters, digits, dots, dashes and underscores'));
const variableName = z.string().check(z.regex(/^[A-Z_][A-Z0-9_]*$/, 'takes capital letters, digits and underscores'));
const script = z.string().check(z.minLength(1), z.maxLength(65_536));
const limitedTo = { names: z.optional(z.array(glob).check(z.minLength(1))) };

const jsonPath = z.string().check(z.regex(/^\$/, 'is a JSON path (RFC 9535) and starts with $'));

const jsonRule = z.union([
  z.strictObject({ path: jsonPath, sed: script, extended: z.optional(z.boolean()) }),
  z.strictObject({ path: jsonPath, set: z.json() }),
  z.strictObject({ path: jsonPath, remove: z.literal(true) }),
  z.strictObject({ path: jsonPath, rename: text(1_024) }),
]);

const sedfileStep = z.strictObject({ sedfile: text(1_024), extended: z.optional(z.boolean()), ...limitedTo });
const sedStep = z.strictObject({
  sed: script,
  name: z.optional(text(1_024)),
  extended: z.optional(z.boolean()),
  ...limitedTo,
});
const jsonStep = z.strictObject({ json: z.array(jsonRule).check(z.minLength(1)), ...limitedTo });
const transformStep = z.union([sedfileStep, sedStep, jsonStep]);

const selection = z.strictObject({
  include: z.optional(z.array(glob).check(z.minLength(1))),
  exclude: z.optional(z.array(glob)),
  tags: z.optional(z.record(text(128), z.string().check(z.maxLength(256)))),
});

export const destinationSchema = z.strictObject({
  name: z.optional(destinationName),
  region,
  roleArn: z.optional(roleArn),
  externalId: z.optional(externalId),
  kmsKeyId: z.optional(text(2_048)),
  select: z.optional(selection),
  rename: z.optional(script),
  transform: z.optional(z.array(transformStep)),
  variables: z.optional(z.record(variableName, z.string())),
  onConflict: z.optional(
    z.union([z.literal('fail'), z.strictObject({ adopt: z.array(text(512)).check(z.minLength(1)) })]),
  ),
  onDelete: z.optional(z.literal('keep')),
});

const retry = z.strictObject({
  attempts: z.optional(z.int().check(z.minimum(1), z.maximum(20))),
  minDelayMs: z.optional(z.int().check(z.minimum(0), z.maximum(900_000))),
  maxDelayMs: z.optional(z.int().check(z.minimum(0), z.maximum(900_000))),
  factor: z.optional(z.number().check(z.minimum(1), z.maximum(10))),
  jitter: z.optional(z.union([z.number().check(z.minimum(0), z.maximum(1)), z.literal('full')])),
});

const metrics = z.strictObject({
  namespace: z.optional(
    z
      .string()
      .check(
        z.regex(
          /^(?!AWS\/)[\w./#:-]{1,255}$/,
          'takes 1 to 255 letters, digits and . - _ / # :, not starting with AWS/',
        ),
      ),
  ),
  publisher: z.optional(z.enum(['api', 'none'])),
});

export const configSchema = z.strictObject({
  version: z.literal(1),
  source: z.strictObject({ region, select: z.optional(selection) }),
  destinations: z.array(destinationSchema).check(z.minLength(1), z.maxLength(50)),
  retry: z.optional(retry),
  metrics: z.optional(metrics),
});

/** The configuration as written, checked for shape only. */
export type ConfigShape = z.infer<typeof configSchema>;
export type SelectionShape = z.infer<typeof selection>;
export type DestinationShape = z.infer<typeof destinationSchema>;
export type TransformStepShape = z.infer<typeof transformStep>;
export type SedStepShape = z.infer<typeof sedStep>;
export type JsonStepShape = z.infer<typeof jsonStep>;
export type JsonRuleShape = z.infer<typeof jsonRule>;

/** Keys of the design that a later version brings: refused by name, so that nobody believes they work. */
export const LATER_KEYS: ReadonlyMap<string, string> = new Map([
  ['reconcile', 'the reconciler'],
  ['metadata', 'tags and description rules'],
  ['expect', 'contracts'],
]);
