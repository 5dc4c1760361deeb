import { silentLog, type Log } from '../aws/log.js';
import { FAILURE_CODES, ReplicatorError } from '../core/failure.js';
import { ENVIRONMENT } from '../core/settings.js';
import type { CompiledConfig } from '../transform/compile-checked.js';
import { FailedAction } from '../function/failed-invocation.js';
import { functionOver, type Answer } from '../function/function.js';
import type { InvocationContext } from '../function/invocation.js';
import { wire, type Wiring, type WiringOptions } from '../function/wiring.js';
import type { Terminal } from './terminal.js';

/** For tests: another network and clock than the machine's. */
export type LocalOptions = Pick<WiringOptions, 'requestHandler' | 'credentials' | 'clock'>;

/** What an operator may wait for; a region of secrets is synchronised by the function, not from a terminal. */
const TIME_MS = 15 * 60_000;

/** The function's wiring with the credentials of the environment and the rules of the file: it publishes and logs nothing, the command tells. */
export function localWiring(
  terminal: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
  config: CompiledConfig,
  options: LocalOptions = {},
): Wiring {
  return wire({ ...environment, [ENVIRONMENT.config]: undefined, [ENVIRONMENT.enableMetrics]: 'false' }, config, {
    ...options,
    log: patient(terminal),
  });
}

export function localContext(): InvocationContext {
  const endsAt = Date.now() + TIME_MS;
  return { awsRequestId: 'cli', getRemainingTimeInMillis: () => endsAt - Date.now() };
}

/** One invocation in this very process. */
function invokeLocally(wiring: Wiring, request: object): Promise<Answer> {
  return functionOver(wiring)(request, localContext());
}

export interface Whole {
  readonly answer: unknown;
  readonly failure?: string;
}

/** The answer, and where something failed also why; what became of the rest is the same news. */
export async function invokeWhole(wiring: Wiring, request: object): Promise<Whole> {
  try {
    return { answer: await invokeLocally(wiring, request) };
  } catch (thrown) {
    if (!(thrown instanceof FailedAction)) throw thrown;
    return { answer: thrown.answer, failure: thrown.message };
  }
}

/** Says once of each call that it is being tried again, which may take a minute; and nothing else. */
function patient(terminal: Terminal): Log {
  const said = new Set<string>();
  const log: Log = {
    ...silentLog,
    debug: (message, { operation, region, failure } = {}) => {
      const text = `${String(operation)} in ${String(region)}: ${String(failure)}; trying again`;
      if (message !== 'attempt failed' || !PASSING.has(failure) || said.has(text)) return;
      said.add(text);
      terminal.err(text);
    },
    with: () => log,
  };
  return log;
}

/** Failures after which there is another attempt. */
const PASSING: ReadonlySet<unknown> = new Set(
  FAILURE_CODES.filter((code) => new ReplicatorError(code, '').remedy === 'again'),
);
