import type { Change } from '../core/change.js';
import type { DriftKind } from '../core/drift.js';
import type { ReplicatorError } from '../core/failure.js';
import type { AccountId, SecretArn, SecretId, SecretName } from '../core/names.js';
import { parseSecretArn } from '../core/names.js';
import type { Outcome } from '../core/outcome.js';
import type { Destination } from './destination.js';
import { replicateAll, type Replicated, type ReplicateAllDeps } from './replicate-all.js';

/** One destination of one source that looks wrong in the lists, which may be minutes old. */
export interface Suspect {
  readonly secret: SecretArn;
  readonly name: SecretName;
  readonly destination: Destination;
  readonly drift: DriftKind;
  /** When the source changed last; epoch milliseconds. */
  readonly changedAt: number | undefined;
}

/** How a suspicion ended. Neither outcome nor error: the source is none any more. */
export interface Confirmed {
  readonly suspect: Suspect;
  readonly outcome?: Outcome;
  readonly error?: ReplicatorError;
}

export interface ConfirmDeps extends ReplicateAllDeps {
  readonly onReplicated: (done: readonly Replicated[]) => void;
}

/**
 * Looks at each suspect as a change would, through the same code: what is right by now ends as unchanged, what is not is
 * written, or in a dry run told. Only the suspected destinations of a source are touched. Never rejects.
 */
export async function confirmDrift(deps: ConfirmDeps, suspects: readonly Suspect[]): Promise<Confirmed[]> {
  const confirmed: Confirmed[] = [];
  for (const group of byDestinations(suspects)) {
    const [{ destinations } = { destinations: [] }] = group;
    const done = await replicateAll(
      { ...deps, destinations },
      group.map(({ secret }) => changeOf(deps, secret)),
    );
    deps.onReplicated(done);
    for (const one of done) {
      const [member = 0] = one.members;
      const suspected = group[member]?.suspects ?? [];
      confirmed.push(...suspected.map((suspect) => endingOf(suspect, one)));
    }
  }
  return confirmed;
}

interface SuspectedSource {
  readonly secret: SecretArn;
  readonly destinations: Destination[];
  readonly suspects: Suspect[];
}

/** Sources that are suspected at the same destinations are replicated together, each with one read of its value. */
function byDestinations(suspects: readonly Suspect[]): SuspectedSource[][] {
  const sources = new Map<SecretArn, SuspectedSource>();
  for (const suspect of suspects) {
    const source = sources.get(suspect.secret) ?? { secret: suspect.secret, destinations: [], suspects: [] };
    if (!source.destinations.includes(suspect.destination)) source.destinations.push(suspect.destination);
    source.suspects.push(suspect);
    sources.set(suspect.secret, source);
  }
  const groups = new Map<string, SuspectedSource[]>();
  for (const source of sources.values()) {
    source.destinations.sort((a, b) => a.config.index - b.config.index);
    const key = source.destinations.map(({ config }) => config.index).join(' ');
    groups.set(key, [...(groups.get(key) ?? []), source]);
  }
  return [...groups.values()];
}

function changeOf({ config, clock }: ConfirmDeps, secret: SecretArn): Change {
  const now = clock.now();
  return {
    secret: secret as string as SecretId,
    region: config.source.region,
    account: (parseSecretArn(secret)?.account ?? '') as AccountId,
    versions: [],
    firstAt: now,
    lastAt: now,
    existed: false,
    eventIds: [],
  };
}

function endingOf(suspect: Suspect, { report }: Replicated): Confirmed {
  if (report.kind === 'ignored') return { suspect };
  if (report.kind === 'unread') return { suspect, error: report.error };
  const outcome = report.outcomes.find(({ replica }) => replica.destination === suspect.destination.config.id);
  return {
    suspect,
    ...(outcome === undefined ? {} : { outcome }),
    ...(report.unsettled === undefined ? {} : { error: report.unsettled }),
  };
}
