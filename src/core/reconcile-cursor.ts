import * as z from 'zod/mini';

/** Entries of one kind that travel with a run; a message of the queue has room for them with the longest usual names. */
export const MAX_CARRIED = 400;

/**
 * Most invocations of one run. Lambda would end a chain of its own messages after 16, so the stack switches that off
 * (lib/replicator-function.ts), and this is the end instead: half a million new secrets need fewer than 400.
 */
export const MAX_PARTS = 1_000;

const count = z.int().check(z.minimum(0));
const name = z.string().check(z.minLength(1), z.maxLength(2_048));
const token = z.string().check(z.maxLength(4_096));

/** Where a run goes on that did not fit into one invocation. Names only: everything is looked at again. */
export const cursorSchema = z.strictObject({
  /** Which invocation of the run this is for; the first one, without a cursor, is 1. */
  part: z.int().check(z.minimum(2), z.maximum(MAX_PARTS)),
  /** Where the source's next page begins; null: all of them were read; empty: none was. */
  source: z.nullable(token),
  /** Likewise by account and region of destinations. */
  places: z.record(z.string(), z.nullable(token)),
  /** Places left out since their list could not be read. */
  unreadable: z.array(z.string()).check(z.maxLength(50)),
  /** Owner of the sources; absent: none was seen yet. */
  account: z.optional(z.string()),
  sources: count,
  /** Something failed, so nothing is deleted. */
  failed: z.boolean(),
  /** Something looked wrong and there was neither time nor room for it, so this run has not compared everything. */
  lost: z.boolean(),
  destinations: z.record(
    z.string(),
    z.strictObject({
      replicas: count,
      orphans: z.array(z.strictObject({ replica: name, source: name })).check(z.maxLength(MAX_CARRIED)),
      /** Orphans beyond the list. */
      more: count,
    }),
  ),
  suspects: z
    .array(z.strictObject({ secret: name, name, destination: name, drift: name, changedAt: z.optional(z.number()) }))
    .check(z.maxLength(MAX_CARRIED)),
});

export type ReconcileCursor = z.infer<typeof cursorSchema>;
