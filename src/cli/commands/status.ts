import type { Finding } from '../../flow/reconcile-tally.js';
import type { ReconcileAnswer } from '../../function/reconcile-action.js';
import { invokeWhole, localWiring, type LocalOptions } from '../local-function.js';
import { rulesInForce, tellRules, type RulesFlags } from '../rules-in-force.js';
import type { Terminal } from '../terminal.js';

export interface StatusFlags extends RulesFlags {
  /** Destinations by id; undefined: all. */
  readonly to: readonly string[] | undefined;
  readonly json: boolean;
}

/** Rows that are shown; the counts are of all. */
const MAX_ROWS = 1_000;

/**
 * Compares every source with its replicas and says what differs; reads no value and writes nothing. Exit code 0: all is
 * in sync, held or an orphan; 1: something is not.
 */
export async function status(
  terminal: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
  flags: StatusFlags,
  options: LocalOptions = {},
): Promise<number> {
  const { to, json } = flags;
  const rules = await rulesInForce(environment, flags, options);
  tellRules(terminal, rules, flags);
  const wiring = localWiring(terminal, environment, rules, options);
  const rows: Finding[] = [];
  const counts: Record<string, number> = {};
  const failures: string[] = [];
  let cursor: ReconcileAnswer['cursor'];
  do {
    const request = {
      action: 'reconcile',
      mode: 'detect',
      ...(to === undefined ? {} : { destinations: to }),
      ...(cursor === undefined ? {} : { cursor }),
    };
    const { answer: whole, failure } = await invokeWhole({ ...wiring, changes: undefined }, request);
    const answer = whole as ReconcileAnswer;
    if (failure !== undefined) failures.push(failure);
    rows.push(...answer.rows.slice(0, MAX_ROWS - rows.length));
    for (const [name, count] of Object.entries(answer.counts)) counts[name] = (counts[name] ?? 0) + count;
    ({ cursor } = answer);
  } while (cursor !== undefined);
  const errors = failures.length === 0 ? {} : { errors: failures };
  // "0 in sync" would be no news where nothing could be compared.
  const isNews = failures.length === 0 || Object.values(counts).some((count) => count > 0);
  if (json) terminal.out(JSON.stringify({ counts, rows, rulesFrom: rules.rulesFrom, ...errors }));
  else if (isNews) terminal.out(rendered(counts, rows));
  // Whoever names an object, or none on purpose, knows of the other rules that there may be.
  const isNamed = rules.rulesFrom !== undefined || flags.rulesObject === false;
  if (!json && !isNamed && rows.some(({ drift }) => drift === 'stale-rules')) terminal.out(OTHER_RULES);
  for (const failure of failures) terminal.err(failure);
  const { drifted = 0, blocked = 0 } = counts;
  return drifted + blocked + failures.length === 0 ? 0 : 1;
}

function rendered(counts: Readonly<Record<string, number>>, rows: readonly Finding[]): string {
  const lines = rows.map(({ source, destination, replica, drift, ending, detail }) =>
    [source, `-> ${destination}: ${replica}`, drift, ending === 'blocked' || ending === 'failed' ? detail : '']
      .filter((part) => part !== '')
      .join('  '),
  );
  const told = ['inSync', 'drifted', 'blocked', 'held', 'orphans'].flatMap((name) => {
    const count = counts[name] ?? 0;
    return count === 0 && name !== 'inSync' ? [] : [`${count} ${WORDS[name] ?? name}`];
  });
  return [...lines, told.join(', ')].join('\n');
}

const OTHER_RULES =
  'stale-rules: made by other rules than those of the file; if the function has its rules from an object in S3, name it with --rules-object';

const WORDS: Readonly<Record<string, string>> = { inSync: 'in sync' };
