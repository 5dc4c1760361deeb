import * as z from 'zod/mini';
import { isRegion, isRoleArn } from './names.js';

/**
 * The shape of `replicator.yaml`, and of the JSON file the function reads: one schema for the editor, the check and the run
 * time. The descriptions are what editors show.
 */

const says = z.describe;
const text = (maxCharacters: number) => z.string().check(z.minLength(1), z.maxLength(maxCharacters));
const glob = text(512).check(says('* any run of characters, / included; ? exactly one: as in an IAM resource pattern'));
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
const script = z
  .string()
  .check(z.minLength(1), z.maxLength(65_536), says('A sed script; ${NAME} stands for a variable'));
const extended = z.optional(z.boolean().check(says('Extended regular expressions, as with sed -E')));
const limitedTo = {
  names: z.optional(z.array(glob).check(z.minLength(1), says('Only for source names that one of these globs matches'))),
};

/** `2`: exactly so many; `2+`: at least so many. */
const count = z.union([
  z.int().check(z.minimum(0), z.maximum(1_000_000)),
  z.string().check(z.regex(/^\d{1,7}\+$/, 'takes a number, or a number and a plus: 1+')),
]);
const hits = z.optional(
  count.check(says('How often it must hit: 2 exactly, 1+ at least once; else nothing is written')),
);

const jsonPath = z
  .string()
  .check(z.regex(/^\$/, 'is a JSON path (RFC 9535) and starts with $'), says('A JSON path (RFC 9535)'));

const jsonRule = z.union([
  z.strictObject({ path: jsonPath, sed: script, extended, hits }),
  z.strictObject({
    path: jsonPath,
    set: z.json().check(says('The new value; a path that ends in a name also creates it')),
    hits,
  }),
  z.strictObject({ path: jsonPath, remove: z.literal(true), hits }),
  z.strictObject({ path: jsonPath, rename: text(1_024).check(says('The new name of the selected member')), hits }),
]);

const sedMode = z
  .optional(z.enum(['text', 'json', 'auto']))
  .check(
    says(
      'text: the value as it is; json: every text inside a JSON value; auto: json for a JSON object or list, else text',
    ),
  );
const jsonMode = z
  .optional(z.enum(['json', 'auto']))
  .check(
    says(
      'json: a value that is not JSON is an error; auto: the step passes over a value that is no JSON object or list',
    ),
  );

const sedfileStep = z.strictObject({
  sedfile: text(1_024).check(says('A sed script in a file, relative to this one')),
  extended,
  mode: sedMode,
  hits,
  ...limitedTo,
});
const sedStep = z.strictObject({
  sed: script,
  name: z.optional(text(1_024).check(says('What errors and reports call the script'))),
  extended,
  mode: sedMode,
  hits,
  ...limitedTo,
});
const jsonStep = z.strictObject({
  json: z.array(jsonRule).check(z.minLength(1), says('Rules on JSON paths, one after another')),
  mode: jsonMode,
  ...limitedTo,
});
const transformStep = z.union([sedfileStep, sedStep, jsonStep]);

const selection = z.strictObject({
  include: z.optional(z.array(glob).check(z.minLength(1), says('Globs of names; default: every name'))),
  exclude: z.optional(z.array(glob).check(says('Globs of names that are left out'))),
  tags: z.optional(
    z.record(text(128), z.string().check(z.maxLength(256))).check(says('Tags that the secret must carry')),
  ),
});

const expectation = z.strictObject({
  json: z
    .optional(z.enum(['valid', 'same-keys']))
    .check(says('valid: a JSON object or list stays JSON; same-keys: and keeps exactly its keys')),
  changed: z.optional(z.boolean().check(says('true: the rules must change the value; false: they must not'))),
  absent: z.optional(
    z.array(text(4_096)).check(z.minLength(1), says('Texts that may not be left over; ${NAME} is a variable')),
  ),
  hits: z.optional(count.check(says('How often all rules together must hit: 2 exactly, 1+ at least once'))),
  maxBytes: z.optional(z.int().check(z.minimum(1), z.maximum(65_536), says('Largest result in bytes of UTF-8'))),
});

const onConflict = z.union([z.literal('fail'), z.strictObject({ adopt: z.array(text(512)).check(z.minLength(1)) })]);

export const destinationSchema = z.strictObject({
  name: z.optional(destinationName.check(says('The id in logs, metrics and the CLI; default: the region'))),
  region,
  roleArn: z.optional(roleArn.check(says('The role to write with, in another account'))),
  externalId: z.optional(externalId),
  kmsKeyId: z.optional(text(2_048).check(says('The key of new replicas; default: aws/secretsmanager'))),
  select: z.optional(selection.check(says('Which of the selected secrets come here; default: all'))),
  rename: z.optional(script.check(says('A sed script that turns the name of the source into that of the replica'))),
  transform: z.optional(z.array(transformStep).check(says('What happens to the value, in this order'))),
  variables: z.optional(z.record(variableName, z.string()).check(says('Values for ${NAME} in scripts and JSON rules'))),
  expect: z.optional(expectation.check(says('What must hold of the result; otherwise nothing is written'))),
  onConflict: z.optional(onConflict.check(says('What to do with a secret of that name that is not ours'))),
  onDelete: z.optional(z.literal('keep')),
});

const retry = z.strictObject({
  attempts: z.optional(z.int().check(z.minimum(1), z.maximum(20))),
  minDelayMs: z.optional(z.int().check(z.minimum(0), z.maximum(900_000))),
  maxDelayMs: z.optional(z.int().check(z.minimum(0), z.maximum(900_000))),
  factor: z.optional(z.number().check(z.minimum(1), z.maximum(10))),
  jitter: z.optional(z.union([z.number().check(z.minimum(0), z.maximum(1)), z.literal('full')])),
});

const namespace = z
  .string()
  .check(
    z.regex(/^(?!AWS\/)[\w./#:-]{1,255}$/, 'takes 1 to 255 letters, digits and . - _ / # :, not starting with AWS/'),
  );

const metrics = z.strictObject({ namespace: z.optional(namespace), publisher: z.optional(z.enum(['api', 'none'])) });

export const configSchema = z.strictObject({
  version: z.literal(1),
  source: z.strictObject({
    region,
    select: z.optional(selection.check(says('Which secrets are replicated; default: all'))),
  }),
  destinations: z.array(destinationSchema).check(z.minLength(1), z.maxLength(50)),
  retry: z.optional(retry.check(says('Attempts within one invocation'))),
  metrics: z.optional(metrics),
});

/** The configuration as written, checked for shape only. */
export type ConfigShape = z.infer<typeof configSchema>;
export type SelectionShape = z.infer<typeof selection>;
export type DestinationShape = z.infer<typeof destinationSchema>;
export type TransformStepShape = z.infer<typeof transformStep>;
export type SedStepShape = z.infer<typeof sedStep>;
export type JsonStepShape = z.infer<typeof jsonStep>;
export type ExpectationShape = z.infer<typeof expectation>;
export type CountShape = z.infer<typeof count>;
export type JsonRuleShape = z.infer<typeof jsonRule>;

/** Keys of the design that a later version brings: refused by name, so that nobody believes they work. */
export const LATER_KEYS: ReadonlyMap<string, string> = new Map([
  ['reconcile', 'the reconciler'],
  ['metadata', 'tags and description rules'],
]);
