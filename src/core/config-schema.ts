import * as z from 'zod/mini';
import { exactName, kmsKey, secretId } from './granted-schema.js';
import { METRIC_GROUPS, METRIC_NAMESPACE, METRIC_NAMESPACE_TAKES } from './metrics.js';
import { isRegion, isRoleArn } from './names.js';
import { rulesObject } from './rules-object-schema.js';
import { count, glob, says, script, text, transformStep } from './step-schema.js';

/**
 * The shape of `replicator.yaml`, and of the JSON file the function reads: one schema for the editor, the check and the run
 * time. The descriptions are what editors show.
 */

const region = z.string().check(z.refine(isRegion, 'is not the name of an AWS region, such as us-east-1'));
const roleArn = z
  .string()
  .check(z.refine(isRoleArn, 'is not the ARN of an IAM role: arn:aws:iam::<12 digits>:role/<name>'));
/** AssumeRole: 2 to 1,224 characters of `[\w+=,.@:/-]` (STS API reference). */
const externalId = z
  .string()
  .check(z.regex(/^[\w+=,.@:/-]{2,1224}$/, 'takes 2 to 1224 letters, digits and + = , . @ : / -'));
const account = z.string().check(z.regex(/^\d{12}$/, 'is not the number of an AWS account: 12 digits, in quotes'));
const destinationName = z
  .string()
  .check(z.regex(/^[A-Za-z0-9][\w.-]{0,63}$/, 'takes 1 to 64 letters, digits, dots, dashes and underscores'));
const variableName = z.string().check(z.regex(/^[A-Z_][A-Z0-9_]*$/, 'takes capital letters, digits and underscores'));
/** Ways in which rules can refuse a secret. */
const TESTED_FAILURES = ['InvalidName', 'RuleFailed', 'ContractBroken', 'ValueTooLarge', 'ValueEmpty'] as const;

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

const testedSecret = {
  title: z.optional(text(512).check(says('What the case shows'))),
  secret: text(512).check(says('The name of the source')),
  input: z.string().check(says('The value of the source')),
  replica: z.optional(text(512).check(says('The name that the replica must have'))),
  sourceAccountId: z.optional(account.check(says('${SOURCE_ACCOUNT_ID}; default: "111122223333"'))),
  accountId: z.optional(account.check(says('${ACCOUNT_ID}; default: the account of roleArn, else that of the source'))),
};
const ruleTest = z.union([
  z.strictObject({ ...testedSecret, output: z.string().check(says('The value that the replica must have')) }),
  z.strictObject({ ...testedSecret, error: z.enum(TESTED_FAILURES).check(says('The code that the case must end in')) }),
]);

const onConflict = z.union([z.literal('fail'), z.strictObject({ adopt: z.array(exactName).check(z.minLength(1)) })]);

const onDelete = z.union([
  z.literal('keep'),
  z.strictObject({
    recoveryDays: z.int().check(z.minimum(7), z.maximum(30), says('Days in which a deletion can be taken back')),
    maxPerRun: z.optional(z.int().check(z.minimum(1), z.maximum(100), says('Most replicas a run deletes; default: 5'))),
    maxPercent: z.optional(
      z.number().check(z.minimum(0), z.maximum(100), says('The same as a share of the replicas there; default: 5')),
    ),
  }),
]);

/** 1 to 128 characters; what AWS and we reserve is refused (Secrets Manager API reference, Tag). */
const tagKey = z
  .string()
  .check(
    z.regex(
      /^(?!aws:|secrets-replicator:).{1,128}$/s,
      'takes 1 to 128 characters, not starting with aws: or secrets-replicator:',
    ),
  );
const metadata = z.strictObject({
  description: z.optional(
    z
      .union([z.enum(['copy', 'none']), z.strictObject({ fixed: z.string().check(z.maxLength(2_048)) })])
      .check(says('copy: that of the source; none: whatever is there')),
  ),
  tags: z.optional(
    z
      .union([
        z.enum(['none', 'copy']),
        z.strictObject({ fixed: z.record(tagKey, z.string().check(z.maxLength(256))) }),
      ])
      .check(says('Set and kept as they are at the source, or as listed; other tags are never touched')),
  ),
});

export const destinationSchema = z.strictObject({
  name: z.optional(destinationName.check(says('The id in logs, metrics and the CLI; default: the region'))),
  region,
  roleArn: z.optional(roleArn.check(says('The role to write with, in another account'))),
  externalId: z.optional(externalId),
  credentialsSecret: z.optional(
    secretId.check(says('The secret in the source region whose credentials to write with, in another partition')),
  ),
  accountId: z.optional(account.check(says('Beside credentialsSecret: the account that the credentials belong to'))),
  kmsKeyId: z.optional(kmsKey.check(says('The key of replicas; default: aws/secretsmanager for new ones'))),
  select: z.optional(selection.check(says('Which of the selected secrets come here; default: all'))),
  rename: z.optional(script.check(says('A sed script that turns the name of the source into that of the replica'))),
  transform: z.optional(z.array(transformStep).check(says('What happens to the value, in this order'))),
  variables: z.optional(z.record(variableName, z.string()).check(says('Values for ${NAME} in scripts and JSON rules'))),
  expect: z.optional(expectation.check(says('What must hold of the result; otherwise nothing is written'))),
  tests: z.optional(z.array(ruleTest).check(says('Cases that synthesis and `secrets-replicator test` run'))),
  onConflict: z.optional(onConflict.check(says('What to do with a secret of that name that is not ours'))),
  onDelete: z.optional(onDelete.check(says('What becomes of a replica whose source is gone; default: keep'))),
  metadata: z.optional(metadata.check(says('Description and tags of replicas'))),
});

const retry = z.strictObject({
  attempts: z.optional(z.int().check(z.minimum(1), z.maximum(20))),
  minDelayMs: z.optional(z.int().check(z.minimum(0), z.maximum(900_000))),
  maxDelayMs: z.optional(z.int().check(z.minimum(0), z.maximum(900_000))),
  factor: z.optional(z.number().check(z.minimum(1), z.maximum(10))),
  jitter: z.optional(z.union([z.number().check(z.minimum(0), z.maximum(1)), z.literal('full')])),
});

const circuitBreaker = z.strictObject({
  enabled: z.optional(z.boolean()),
  failures: z.optional(z.int().check(z.minimum(1), z.maximum(100))),
  openMs: z.optional(z.int().check(z.minimum(1_000), z.maximum(900_000))),
});

const reconcile = z.strictObject({
  everyMinutes: z.optional(z.int().check(z.minimum(5), z.maximum(1_440), says('5 minutes to a day; default: 60'))),
  mode: z.optional(z.enum(['repair', 'detect']).check(says('detect: tell and write nothing; default: repair'))),
});

const namespace = z.string().check(z.regex(METRIC_NAMESPACE, METRIC_NAMESPACE_TAKES));

const metrics = z.strictObject({
  namespace: z.optional(namespace),
  publisher: z.optional(
    z.enum(['api', 'emf', 'none']).check(says('api: a call an invocation; emf: through the log; default: api')),
  ),
  totalsOnly: z.optional(
    z
      .array(z.enum(METRIC_GROUPS))
      .check(says('Groups of which only what an alarm watches is published, without dimensions')),
  ),
});

/** A name or an ARN (EventBridge API reference, PutEvents). */
const bus = z
  .string()
  .check(
    z.regex(
      /^(arn:aws[a-z-]*:events:[a-z0-9-]+:\d{12}:event-bus\/)?[\w./-]{1,256}$/,
      'takes the name or the ARN of an event bus: 1 to 256 letters, digits and . - _ /',
    ),
    says('The EventBridge bus that is told of each replica that was written'),
  );

export const configSchema = z.strictObject({
  $schema: z.optional(z.string().check(says('For editors of a JSON file: where the schema lies'))),
  version: z.literal(1),
  source: z.strictObject({
    region,
    select: z.optional(selection.check(says('Which secrets are replicated; default: all'))),
  }),
  destinations: z.array(destinationSchema).check(z.minLength(1), z.maxLength(50)),
  retry: z.optional(retry.check(says('Attempts within one invocation'))),
  circuitBreaker: z.optional(circuitBreaker.check(says('When a destination that does not answer is left alone'))),
  metrics: z.optional(metrics),
  events: z.optional(z.strictObject({ bus }).check(says('For consumers that reload what was written'))),
  reconcile: z.optional(reconcile.check(says('The comparison of everything, by schedule'))),
  rulesObject: z.optional(rulesObject.check(says('The object in S3 that may change rules without a deployment'))),
});

/** The configuration as written, checked for shape only. */
export type ConfigShape = z.infer<typeof configSchema>;
export type SelectionShape = z.infer<typeof selection>;
export type DestinationShape = z.infer<typeof destinationSchema>;
export type ExpectationShape = z.infer<typeof expectation>;
export type RuleTestShape = z.infer<typeof ruleTest>;
