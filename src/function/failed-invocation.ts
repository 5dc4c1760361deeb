import { assertNever } from '../core/assert-never.js';
import { slowedUntil } from '../core/outcome.js';
import type { ReplicatorError } from '../core/failure.js';
import type { Replicated } from '../flow/replicate-all.js';

/** Causes told in the message; the log has all of them. */
const MAX_CAUSES = 5;

/** Tells the platform that an invocation failed. Holds sentences and not the causes themselves: Lambda prints what it is thrown. */
export class FailedInvocation extends Error {
  override readonly name = 'FailedInvocation';

  constructor(causes: readonly string[]) {
    const rest = causes.length > MAX_CAUSES ? [`and ${causes.length - MAX_CAUSES} more`] : [];
    super([...causes.slice(0, MAX_CAUSES), ...rest].join('; '));
  }
}

/** An action in which something failed, and everything that became of it. */
export class FailedAction extends FailedInvocation {
  /** Private, so that Lambda, which prints what it is thrown, does not print it. */
  readonly #answer: unknown;

  constructor(causes: readonly string[], answer: object) {
    super(causes);
    this.#answer = answer;
  }

  get answer(): unknown {
    return this.#answer;
  }
}

/** Everything that did not work, each with its place: which secret, and on the way to which destination. */
export function causesOf({ report, changes }: Replicated): readonly string[] {
  switch (report.kind) {
    case 'ignored':
      return [];
    case 'unread':
      return [sentence(changes[0]?.secret ?? 'the source', report.error)];
    case 'replicated': {
      const failed = report.outcomes.flatMap((outcome) =>
        'error' in outcome ? [sentence(`${report.source} -> ${outcome.replica.destination}`, outcome.error)] : [],
      );
      return report.unsettled === undefined ? failed : [...failed, sentence(report.source, report.unsettled)];
    }
    default:
      return assertNever(report);
  }
}

/** What has to wait because it was written too often; to a direct event, which nobody delivers later, the same as a failure. */
export function waitsOf({ report }: Replicated): readonly string[] {
  const until = slowedUntil(report);
  if (report.kind !== 'replicated' || until === undefined) return [];
  return [`${report.source}: written too often; the next write is due ${new Date(until).toISOString()}`];
}

function sentence(place: string, { code, message }: ReplicatorError): string {
  return `${place}: ${code}: ${message}`;
}
