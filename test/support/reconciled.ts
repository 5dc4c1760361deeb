import { OWNER_TAG } from '../../src/core/ownership.js';
import type { ReconcileAnswer } from '../../src/function/reconcile-action.js';
import { ACCOUNT, SOURCE_REGION, type World } from './world.js';

export async function reconciled(world: World, request: object = {}, remainingMs?: number): Promise<ReconcileAnswer> {
  return (await world.invoke({ action: 'reconcile', ...request }, remainingMs)) as ReconcileAnswer;
}

/** `destination replica drift ending` of each row, sorted. */
export function told({ rows }: Pick<ReconcileAnswer, 'rows'>): string[] {
  return rows
    .map(({ replica, destination, drift, ending }) => `${destination} ${replica} ${drift} ${ending}`)
    .toSorted();
}

/** `app/00000` and so on, their values named after them. Resolves to their names. */
export function seedSources(world: World, count: number): string[] {
  const names = Array.from({ length: count }, (_one, index) => `app/${String(index).padStart(5, '0')}`);
  for (const name of names) world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name, string: `${name} in us-east-1` });
  return names;
}

/** The same with replicas in a region, as a reconcile to a destination without rules leaves them. */
export function seedInSync(
  world: World,
  count: number,
  region = 'eu-west-1',
  renamed = (name: string) => name,
): string[] {
  const names = seedSources(world, count);
  for (const name of names) {
    const { versions = [] } = world.sandbox.secret(ACCOUNT, SOURCE_REGION, name) ?? {};
    world.sandbox.seed(ACCOUNT, region, { name: renamed(name), versions, tags: { [OWNER_TAG]: ownerTag(name) } });
  }
  return names;
}

export function ownerTag(name: string, account = ACCOUNT): string {
  return `arn:aws:secretsmanager:${SOURCE_REGION}:${account}:secret:${name}`;
}
