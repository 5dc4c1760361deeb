import type { SyncAnswer } from '../../function/sync.js';
import { invokeWhole, localWiring, type LocalOptions } from '../local-function.js';
import { rulesInForce, tellRules, type RulesFlags } from '../rules-in-force.js';
import type { Terminal } from '../terminal.js';

export interface SyncOptions extends RulesFlags {
  readonly action: 'plan' | 'sync';
  /** Secrets by name or ARN; none: all that the configuration selects. */
  readonly names: readonly string[];
  /** Destinations by id; undefined: all. */
  readonly to: readonly string[] | undefined;
  readonly json: boolean;
}

/** Says what would be done, or does it, with the credentials of the environment. Exit code 1 if changes are pending or something failed. */
export async function sync(
  terminal: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
  options: SyncOptions,
  local: LocalOptions = {},
): Promise<number> {
  const rules = await rulesInForce(environment, options, local);
  tellRules(terminal, rules, options);
  const wiring = localWiring(terminal, environment, rules, local);
  const request = {
    action: options.action,
    ...(options.names.length === 0 ? {} : { names: options.names }),
    ...(options.to === undefined ? {} : { destinations: options.to }),
  };
  const answer = (await invokeWhole(wiring, request)).answer as SyncAnswer;
  terminal.out(options.json ? JSON.stringify({ ...answer, rulesFrom: rules.rulesFrom }) : rendered(answer));
  const { pending = 0, failed = 0, blocked = 0, unread = 0, unsettled = 0, slowed = 0 } = answer.counts;
  return pending + failed + blocked + unread + unsettled + slowed === 0 ? 0 : 1;
}

function rendered({ counts, rows }: SyncAnswer): string {
  const lines = rows.map(({ source, destination, replica, kind, code, detail }) =>
    [
      source,
      destination === '' ? '' : `-> ${destination}: ${replica}`,
      kind,
      code === undefined ? detail : `${code}: ${detail}`,
    ]
      .filter((part) => part !== '')
      .join('  '),
  );
  const totals = Object.entries(counts).map(([kind, count]) => `${count} ${kind}`);
  return [...lines, totals.length === 0 ? 'nothing selected' : totals.join(', ')].join('\n');
}
