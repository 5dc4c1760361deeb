import { ACCOUNT, SOURCE_REGION, type World } from '../../support/world.js';

/** Its logical id, which a test holds fixed, in the place of its name. */
const FUNCTION = 'SecretsReplicatorFunction0E10F874';
/** Waits before the second and the third attempt (Lambda developer guide, asynchronous invocation). Milliseconds. */
const WAITS_MS = [0, 60_000, 120_000];

/**
 * Events given to Lambda to be invoked with, as a rule gives them: it tries each again, puts what is left into the queue of
 * dead letters, undefined where it may not, and publishes what it publishes of that.
 */
export async function invokeAsync(
  world: World,
  events: readonly object[],
  deadLetters: string | undefined,
  { heldForMs = 0 } = {},
): Promise<void> {
  const receivedAt = world.clock.now();
  world.clock.advance(heldForMs);
  let left = events;
  for (const waitMs of WAITS_MS) {
    if (left.length === 0) break;
    world.clock.advance(waitMs);
    publish(world, 'AsyncEventAge', 'Milliseconds', world.clock.now() - receivedAt);
    left = await failing(world, left);
  }
  for (const requestPayload of left) {
    if (deadLetters === undefined) publish(world, 'DestinationDeliveryFailures', 'Count', 1);
    else world.sandbox.queues.send(deadLetters, JSON.stringify({ requestPayload }));
  }
}

async function failing(world: World, events: readonly object[]): Promise<readonly object[]> {
  const failed: object[] = [];
  for (const event of events) await world.invoke(event).catch(() => failed.push(event));
  return failed;
}

function publish(world: World, name: string, unit: string, value: number): void {
  const place = {
    account: ACCOUNT,
    region: SOURCE_REGION,
    namespace: 'AWS/Lambda',
    dimensions: { FunctionName: FUNCTION },
  };
  world.sandbox.metrics.add({ ...place, name, unit, at: world.clock.now(), values: [value], counts: [1] });
}
