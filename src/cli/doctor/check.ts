import type { Grant } from '../../core/access/grant.js';
import { asReplicatorError, type ReplicatorError } from '../../core/failure.js';

/** How one question was answered. `unknown`: nothing was found wrong, and nothing was shown to be right. */
export interface Check {
  readonly place: string;
  readonly what: string;
  readonly status: 'ok' | 'failed' | 'unknown';
  readonly detail: string;
  /** Where a permission is missing: the statements that would give it, and whose policy lacks them. */
  readonly missing?: { readonly principal: string; readonly grants: readonly Grant[] };
}

/** What a place is asked with: the statements that the configuration asks for there, and who acts. */
export interface Asking {
  readonly place: string;
  readonly principal: string;
  readonly grants: readonly Grant[];
}

/** Asks one question; a denial names the statements with that action. Never rejects. */
export async function ask(
  { place, principal, grants }: Asking,
  what: string,
  actions: readonly string[],
  question: () => Promise<string>,
): Promise<Check> {
  try {
    return { place, what, status: 'ok', detail: await question() };
  } catch (thrown) {
    const error = asReplicatorError(thrown);
    const lacking = error.code === 'AccessDenied' ? grantsOf(grants, actions) : [];
    const missing = lacking.length === 0 ? {} : { missing: { principal, grants: lacking } };
    return { place, what, ...judged(error), ...missing };
  }
}

function judged(error: ReplicatorError): Pick<Check, 'status' | 'detail'> {
  // A throttled question has no answer, and is no defect.
  const status = error.code === 'Throttled' ? 'unknown' : 'failed';
  return { status, detail: `${error.code}: ${error.message}` };
}

function grantsOf(grants: readonly Grant[], actions: readonly string[]): readonly Grant[] {
  return grants.filter(
    (grant) =>
      grant.effect !== 'Deny' && grant.resources.length > 0 && grant.actions.some((action) => actions.includes(action)),
  );
}
