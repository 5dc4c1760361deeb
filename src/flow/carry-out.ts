import { assertNever } from '../core/assert-never.js';
import { asReplicatorError, ReplicatorError, type BlockReason } from '../core/failure.js';
import { tagsOfNew } from '../core/metadata.js';
import type { VersionId } from '../core/names.js';
import type { Outcome, TransformReport, WrittenHow } from '../core/outcome.js';
import { ownerOf, OWNER_TAG } from '../core/ownership.js';
import { needsValue, type Step } from '../core/plan.js';
import type { SecretDescription } from '../core/secret-description.js';
import type { SecretValue } from '../core/secret-value.js';
import { stepFor, tokenFor, type Aim } from './aim.js';
import type { Clock, VersionedValue } from './ports.js';
import type { SpanAttributes, Trace } from './trace.js';
import { createReplica, updateReplica, withoutValue, type Update } from './write-replica.js';

export interface CarryOutDeps {
  readonly clock: Clock;
  /** Decide and report, but write nothing. */
  readonly dryRun: boolean;
  readonly trace: Trace;
}

/** The source as this round sees it. */
export interface SourceRound {
  readonly description: SecretDescription;
  /** The version the round is about. */
  readonly version: VersionId;
  /** Its value, or why it could not be read; undefined where no step asked for it. */
  readonly value: VersionedValue | ReplicatorError | undefined;
  /** When the round began; epoch milliseconds. */
  readonly startedAt: number;
}

/** One step to one outcome. Never rejects. */
export async function carryOut(deps: CarryOutDeps, source: SourceRound, aim: Aim): Promise<Outcome> {
  const { replica } = aim;
  const version = tokenFor(source.description, source.version, aim);
  const step = stepFor(source.description, source.version, aim);
  if (step.kind === 'unchanged') return { kind: 'unchanged', replica, version };
  if (step.kind === 'held') return { kind: 'held', replica, version };
  if (step.kind === 'blocked') return { kind: 'blocked', replica, error: blockedBy(step.reason, aim) };
  if (deps.dryRun) return { kind: 'pending', replica, how: intent(step), version };
  try {
    const made = needsValue(step) ? await transformed(deps, source, aim) : undefined;
    const how = await deps.trace('write', { ...about(aim), step: step.kind }, () =>
      write(step, source, aim, version, made?.value),
    );
    const durationMs = deps.clock.now() - source.startedAt;
    return {
      kind: 'written',
      replica,
      how,
      version,
      durationMs,
      ...(made === undefined ? {} : { transform: made.report, ...madeAt(source) }),
    };
  } catch (thrown) {
    return {
      kind: 'failed',
      replica,
      error: asReplicatorError(thrown),
      durationMs: deps.clock.now() - source.startedAt,
    };
  }
}

async function transformed(
  deps: CarryOutDeps,
  source: SourceRound,
  aim: Aim,
): Promise<{ value: SecretValue; report: TransformReport }> {
  if (source.value === undefined) throw new TypeError('a step needs a value that nobody read');
  if (source.value instanceof ReplicatorError) throw source.value;
  const { value: read } = source.value;
  const { mode } = aim.transform;
  const startedAt = deps.clock.now();
  const { value, ...report } = await deps.trace('transform', { ...about(aim), mode }, () => aim.transform.run(read));
  return { value, report: { ...report, durationMs: deps.clock.now() - startedAt, digest: aim.transform.digest } };
}

function madeAt({ value }: SourceRound): { readonly madeAt?: number } {
  if (value === undefined || value instanceof ReplicatorError || value.createdAt === undefined) return {};
  return { madeAt: value.createdAt };
}

/** What a span of one replica tells of itself. */
export function about({ replica: { destination, region, name } }: Pick<Aim, 'replica'>): SpanAttributes {
  return { destination, region, replica: name };
}

type WritingStep = Extract<Step, { kind: 'create' | 'update' }>;

function write(
  step: WritingStep,
  source: SourceRound,
  aim: Aim,
  token: VersionId,
  value: SecretValue | undefined,
): Promise<WrittenHow> {
  const { store } = aim.destination;
  const tags = new Map([[OWNER_TAG, ownerOf(source.description)]]);
  const content = () => {
    if (value === undefined) throw new TypeError('a step without a value tried to write one');
    return value;
  };
  switch (step.kind) {
    case 'create': {
      const { metadata, replica } = aim;
      return createReplica(store, {
        name: replica.name,
        token,
        value: content(),
        description: metadata.description === '' ? undefined : metadata.description,
        tags: new Map([...tagsOfNew(metadata), ...tags]),
        kmsKeyId: metadata.kmsKeyId,
      });
    }
    case 'update':
      if (aim.observed === undefined) throw new TypeError('an update needs a replica');
      return updateReplica(store, step, { replica: aim.observed, token, tags, value: content });
    default:
      return assertNever(step);
  }
}

function intent(step: WritingStep): WrittenHow {
  if (step.kind === 'create') return 'created';
  const byValue: Record<Update['value'], WrittenHow> = {
    put: 'put',
    promote: 'promoted',
    keep: withoutValue(step),
  };
  return byValue[step.value];
}

export const BLOCKED: Readonly<Record<BlockReason, string>> = {
  Foreign:
    'a secret of this name exists at the destination and is not ours; delete or rename it, or list it under onConflict.adopt',
  OwnedByAnother: 'the secret at the destination is the replica of another source; rename one of both',
  SourceItself: 'source and replica are the same secret; set another region, account or rename',
  NativeReplica: "the secret at the destination is under AWS's own replication; stop that or rename",
  ManagedByService: 'the secret at the destination belongs to an AWS service and cannot be written; rename',
  RotationEnabled: 'the secret at the destination rotates by itself; switch its rotation off or rename',
};

/** Two sources on one name are both named: the one at hand in the report, the other by the owner that the replica carries. */
function blockedBy(reason: BlockReason, { observed }: Aim): ReplicatorError {
  const owner = reason === 'OwnedByAnother' ? observed?.tags.get(OWNER_TAG) : undefined;
  return new ReplicatorError(
    reason,
    owner === undefined ? BLOCKED[reason] : `${BLOCKED[reason]}; it belongs to ${owner}`,
  );
}
