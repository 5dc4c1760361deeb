import type { ReplicatorError } from '../core/failure.js';

/** Causes told in the message; the log has all of them. */
const MAX_CAUSES = 5;

/** Tells the platform that an invocation failed. Built anew, without the causes themselves: Lambda prints what it is thrown. */
export class FailedInvocation extends Error {
  override readonly name = 'FailedInvocation';

  constructor(causes: readonly ReplicatorError[]) {
    const told = causes.slice(0, MAX_CAUSES).map((cause) => `${cause.code}: ${cause.message}`);
    const rest = causes.length > MAX_CAUSES ? [`and ${causes.length - MAX_CAUSES} more`] : [];
    super([...told, ...rest].join('; '));
  }
}
