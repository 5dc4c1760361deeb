import type { ReplicaCheck } from '../../src/cli/demonstration/expected-replicas.js';
import { Scene, type ChaosOptions } from './scene.js';

export interface ChaosReport {
  readonly changes: number;
  readonly calls: number;
  /** Share of the function's calls that something went wrong with. */
  readonly faulty: number;
  readonly invocations: number;
  readonly kills: number;
  readonly lostChanges: number;
  readonly doubledEvents: number;
  /** Messages that were given up while a region was down, and sent through again afterwards. */
  readonly deadLetters: number;
  /** Hours that passed for those taking part. */
  readonly hours: number;
  /** Secrets whose last change was lost: only these may differ before the comparison of everything. */
  readonly excused: number;
  /** Replicas that differ although an event of the last change arrived. */
  readonly wrong: readonly string[];
  /** Replicas that differ after everything was compared. */
  readonly wrongAfterReconcile: readonly string[];
  /** Records of the log, messages and metrics that held a part of a value. */
  readonly leaks: readonly string[];
  readonly outcomes: Readonly<Record<string, number>>;
}

/** Everything that can go wrong, at once, from one seed; then quiet, and a look at what is left. */
export async function chaos(options: ChaosOptions): Promise<ChaosReport> {
  const scene = new Scene(options);
  const running = scene.workers.map((worker) => worker.run());
  await scene.live();
  const { calls, faulty } = scene.misfortune();
  await scene.drain();
  scene.sandbox.faults.clear();
  const deadLetters = await scene.redrive();
  await scene.drain();
  for (const worker of scene.workers) worker.isStopped = true;
  await scene.clock.passUntil(Promise.all(running));
  const { hours, left } = scene;
  const wrong = (await scene.wrong()).filter(({ source }) => !scene.excused.has(source));
  await scene.reconcile();
  scene.ear.hear(scene.sandbox.metrics.points());
  const { people, post, workers, excused, ear } = scene;
  return {
    changes: people.changes - options.secrets,
    calls,
    faulty: faulty / calls,
    invocations: workers.reduce((sum, worker) => sum + worker.invocations, 0),
    kills: workers.reduce((sum, worker) => sum + worker.kills, 0),
    lostChanges: post.lost,
    doubledEvents: post.doubled,
    deadLetters,
    hours,
    excused: excused.size,
    wrong: [...(left === 0 ? [] : [`${left} messages never ended`]), ...wrong.map(told)],
    wrongAfterReconcile: (await scene.wrong()).map(told),
    leaks: ear.leaks,
    outcomes: Object.fromEntries(ear.counts),
  };
}

const told = ({ source, destination }: ReplicaCheck) => `${source} at ${destination}`;
