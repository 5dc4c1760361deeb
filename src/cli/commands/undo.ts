import { undo, type UndoRow } from '../../flow/undo.js';
import { Invocation } from '../../function/invocation.js';
import { localContext, localWiring, type LocalOptions } from '../local-function.js';
import { sayEnd, USAGE } from '../ended.js';
import { rulesInForce, tellRules, type RulesFlags } from '../rules-in-force.js';
import type { Terminal } from '../terminal.js';

export interface UndoFlags extends RulesFlags {
  /** The destination by its id. */
  readonly to: string;
  /** Sources by name or ARN; none: all that the configuration selects. */
  readonly names: readonly string[];
  /** Only replicas made by the rules of that digest; undefined: by any. */
  readonly rules?: string | undefined;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/**
 * Gives replicas back the value they had before, and holds them there until their source or the rules change. Exit code
 * 0: done, or nothing to do; 1: something failed, or would be done by a run that is not dry.
 */
export async function undoReplicas(
  terminal: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
  flags: UndoFlags,
  options: LocalOptions = {},
): Promise<number> {
  const { to, names, rules, dryRun, json } = flags;
  const inForce = await rulesInForce(environment, flags, options);
  tellRules(terminal, inForce, flags);
  const wiring = localWiring(terminal, environment, inForce, options);
  const invocation = new Invocation(wiring, localContext());
  const flow = invocation.flow({ dryRun });
  const destination = flow.destinations.find((one) => one.config.id === to);
  if (destination === undefined) {
    const known = flow.destinations.map((one) => one.config.id).join(', ');
    sayEnd(terminal, json, `no destination is called ${to}; there are ${known}`);
    return USAGE;
  }
  try {
    const rows = await undo(flow, destination, { names: names.length === 0 ? undefined : names, rules });
    terminal.out(json ? JSON.stringify({ to, rows, rulesFrom: inForce.rulesFrom }) : rendered(rows));
    return rows.some(({ ending }) => ending === 'failed' || ending === 'pending') ? 1 : 0;
  } finally {
    await invocation.finish();
  }
}

function rendered(rows: readonly UndoRow[]): string {
  const lines = rows.map(({ source, replica, ending, detail }) =>
    [source, replica === '' ? '' : `-> ${replica}`, ending, detail].filter((part) => part !== '').join('  '),
  );
  const count = (wanted: UndoRow['ending']) => rows.filter(({ ending }) => ending === wanted).length;
  const [undone, pending] = [count('undone'), count('pending')];
  const total = pending > 0 ? `${pending} of ${rows.length} would be undone` : `${undone} of ${rows.length} undone`;
  return [...lines, total].join('\n');
}
