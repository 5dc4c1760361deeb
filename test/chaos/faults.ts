import type { Fault } from '../../src/sandbox/faults.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';

/** Of each hundred calls so many; together they strike about a third of all calls. */
const SHARES: readonly (Pick<Fault, 'kind' | 'delayMs'> & { readonly percent: number })[] = [
  { kind: 'delay', delayMs: 1_500, percent: 5 },
  { kind: 'stale-read', percent: 4 },
  { kind: 'throttle', percent: 8 },
  { kind: 'error500', percent: 7 },
  { kind: 'reset', percent: 6 },
  { kind: 'lost-answer', percent: 7 },
];

/** What the function reads of the source; what people do there never fails. */
const READS = ['DescribeSecret', 'GetSecretValue', 'BatchGetSecretValue', 'ListSecrets'];

/** Counts the calls that something went wrong with, and all that could have. */
export interface Misfortune {
  readonly calls: number;
  readonly faulty: number;
}

/** Makes every call of the function fail now and then: in the destinations, at the source, and at queue and metrics. */
export function raiseFaults(
  sandbox: Sandbox,
  hasStaleReads: boolean,
  source: string,
  destinations: readonly string[],
): () => Misfortune {
  const targets: Partial<Fault>[] = [
    ...destinations.map((region) => ({ service: 'secretsmanager', region })),
    ...READS.map((operation) => ({ service: 'secretsmanager', region: source, operation })),
    { service: 'sqs' },
    { service: 'monitoring' },
  ];
  for (const { percent, kind, ...fault } of SHARES) {
    const possible = kind === 'stale-read' && !hasStaleReads ? 'error500' : kind;
    for (const target of targets)
      sandbox.faults.add({ ...target, ...fault, kind: possible, probability: percent / 100 });
  }
  const counted = { calls: 0, faulty: 0 };
  const strike = sandbox.faults.strike.bind(sandbox.faults);
  sandbox.faults.strike = (target) => {
    const struck = strike(target);
    const isOurs = target.service !== 'secretsmanager' || target.region !== source || READS.includes(target.operation);
    if (isOurs) counted.calls += 1;
    if (struck.length > 0) counted.faulty += 1;
    return struck;
  };
  return () => ({ ...counted });
}
