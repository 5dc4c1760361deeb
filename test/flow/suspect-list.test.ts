import { expect, test } from '@jest/globals';
import type { SecretArn, SecretName } from '../../src/core/names.js';
import { MAX_CARRIED } from '../../src/core/reconcile-cursor.js';
import { ReconcileTally } from '../../src/flow/reconcile-tally.js';
import { SuspectList } from '../../src/flow/suspect-list.js';
import { Invocation } from '../../src/function/invocation.js';
import { World } from '../support/world.js';

/** A list with so many suspects, and another one made from what it carries. */
async function carried(count: number) {
  const world = new World({ destinations: [{ region: 'eu-west-1' }] });
  const invocation = new Invocation(world.wiring, { awsRequestId: 'r', getRemainingTimeInMillis: () => 60_000 });
  const deps = { ...invocation.flow({ dryRun: true }), onReplicated: () => undefined };
  await invocation.finish();
  const tally = new ReconcileTally(deps.destinations, () => undefined);
  const list = new SuspectList(deps, (one) => tally.confirmed(one));
  const [destination] = deps.destinations;
  if (destination === undefined) throw new Error('one destination was configured');
  for (let index = 0; index < count; index += 1) {
    const name = `app/${index}`;
    list.add({ secret: name as SecretArn, name: name as SecretName, destination, drift: 'missing', changedAt: 1 });
  }
  const suspects = list.carry();
  return {
    list,
    suspects,
    next: new SuspectList(deps, (one) => tally.confirmed(one), { suspects, lost: list.hasLost }),
  };
}

test('suspects travel to the next invocation', async () => {
  const { list, suspects, next } = await carried(2);
  expect(suspects).toEqual([
    { secret: 'app/0', name: 'app/0', destination: 'eu-west-1', drift: 'missing', changedAt: 1 },
    { secret: 'app/1', name: 'app/1', destination: 'eu-west-1', drift: 'missing', changedAt: 1 },
  ]);
  expect(list.hasLost).toBe(false);
  expect(next.isEmpty).toBe(false);
});

test('what there is no room for is known to be lost, to the end of the run', async () => {
  const { suspects, next } = await carried(MAX_CARRIED + 1);
  expect(suspects).toHaveLength(MAX_CARRIED);
  expect(next.hasLost).toBe(true);
});
