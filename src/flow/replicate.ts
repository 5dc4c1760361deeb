import type { ChangeReport } from '../core/outcome.js';
import type { SecretDescription } from '../core/secret-description.js';
import type { Destination } from './destination.js';
import type { VersionedValue } from './ports.js';
import { replicateTo, type Ended, type ReplicateToDeps } from './replicate-to.js';
import { SourceLooks } from './source-looks.js';
import { isSelectedFor, subjectOf, type Subject } from './subject.js';

export interface ReplicateDeps extends ReplicateToDeps {
  readonly destinations: readonly Destination[];
}

/**
 * A source as it was just seen to its report: every destination at once and each at its own speed, over shared looks at
 * the source and one shared read of its value. `value` is that value where it was read already. Never rejects.
 */
export async function replicate(
  deps: ReplicateDeps,
  seen: SecretDescription | undefined,
  value?: VersionedValue,
): Promise<ChangeReport> {
  const subject = subjectOf(deps.config, seen);
  if ('ignored' in subject) {
    if (seen !== undefined) deps.known.forgetSource(seen.arn);
    return { kind: 'ignored', reason: subject.ignored };
  }
  const looks = new SourceLooks(deps, subject, value);
  const { last: first } = looks;
  const destinations = deps.destinations.filter((destination) => isSelectedFor(destination, subject.description));
  const ended = await Promise.all(
    destinations.map(async (destination) => {
      const one = await replicateTo(deps, looks, destination, first);
      return { destination, one };
    }),
  );
  const caughtUp = await Promise.all(
    ended.map(async ({ destination, one }) =>
      isBehind(looks, destination, one) ? replicateTo(deps, looks, destination, looks.last) : one,
    ),
  );
  return reportOf(subject, caughtUp);
}

/** True for a destination that had nothing to write, while the looks of others showed a newer version. */
function isBehind({ last }: SourceLooks, destination: Destination, { outcome, version }: Ended): boolean {
  return outcome.kind === 'unchanged' && version !== last.version && isSelectedFor(destination, last.description);
}

function reportOf({ description, version: first }: Subject, ended: readonly Ended[]): ChangeReport {
  const versions = new Set(ended.map(({ version }) => version));
  const [version = first, ...others] = versions;
  const unsettled = ended.find((one) => one.unsettled !== undefined)?.unsettled;
  return {
    kind: 'replicated',
    source: description.name,
    version: others.length === 0 ? version : undefined,
    outcomes: ended.map(({ outcome }) => outcome),
    ...(unsettled === undefined ? {} : { unsettled }),
  };
}
