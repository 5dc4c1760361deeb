import type { Log } from '../aws/log.js';
import { ENVIRONMENT } from '../core/settings.js';
import type { CompiledConfig } from '../transform/compile-checked.js';
import { functionOver, type Answer } from '../function/function.js';
import type { InvocationContext } from '../function/invocation.js';
import { wire, type Wiring, type WiringOptions } from '../function/wiring.js';

/** For tests: another network and clock than the machine's. */
export type LocalOptions = Pick<WiringOptions, 'requestHandler' | 'credentials' | 'clock'>;

/** What an operator may wait for; a region of secrets is synchronised by the function, not from a terminal. */
const TIME_MS = 15 * 60_000;

/** The function's wiring with the credentials of the environment and the rules of the file: it publishes and logs nothing, the command tells. */
export function localWiring(
  environment: Readonly<Record<string, string | undefined>>,
  config: CompiledConfig,
  options: LocalOptions = {},
): Wiring {
  return wire({ ...environment, [ENVIRONMENT.config]: undefined, [ENVIRONMENT.enableMetrics]: 'false' }, config, {
    ...options,
    log: silent,
  });
}

export function localContext(): InvocationContext {
  const endsAt = Date.now() + TIME_MS;
  return { awsRequestId: 'cli', getRemainingTimeInMillis: () => endsAt - Date.now() };
}

/** One invocation in this very process. */
export function invokeLocally(wiring: Wiring, request: object): Promise<Answer> {
  return functionOver(wiring)(request, localContext());
}

const silent: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  with: () => silent,
  written: async () => undefined,
};
