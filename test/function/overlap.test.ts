import { setImmediate as turn } from 'node:timers/promises';
import fc, { type Scheduler } from 'fast-check';
import { expect, test } from '@jest/globals';
import type { HttpHandler } from '../../src/aws/client-config.js';
import { ACCOUNT, SOURCE_REGION, World } from '../support/world.js';

/** Schedules tried. CI tries thousands: OVERLAP_RUNS=2000. */
const RUNS = Number(process.env['OVERLAP_RUNS'] ?? 100);

/** How long the queue hides a message that comes back. */
const VISIBILITY_MS = 30_000;

/** What a person does to the source while workers are under way. */
type Act = 'put' | 'roll back' | 'rotate';

const DESTINATIONS = [
  { name: 'dr', region: 'us-west-2', transform: [{ sed: 's/us-east-1/us-west-2/g' }] },
  { name: 'copy', region: 'eu-west-1' },
];

/** Every call of every worker waits until the schedule lets it go, so that workers interleave in every way. */
class Gate {
  scheduler: Scheduler | undefined;

  around = (inner: HttpHandler): HttpHandler =>
    new Proxy(inner, {
      get: (target, key, receiver) => {
        if (key !== 'handle') return Reflect.get(target, key, receiver) as unknown;
        return async (...call: Parameters<HttpHandler['handle']>) => {
          await this.scheduler?.schedule(Promise.resolve());
          const answer = await target.handle(...call);
          // The answer travels too: another worker may act between a call's effect and our knowing of it.
          await this.scheduler?.schedule(Promise.resolve());
          return answer;
        };
      },
    });
}

test('overlapping workers leave every replica equal to the transformed current value, in every schedule', async () => {
  const gate = new Gate();
  const world = new World({
    destinations: DESTINATIONS,
    around: gate.around,
    environment: { ENABLE_METRICS: 'false' },
  });
  let runs = 0;
  const acts = fc.array(fc.constantFrom<Act>('put', 'roll back', 'rotate'), { minLength: 2, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), acts, async (scheduler, play) => {
      runs += 1;
      const name = `app/${runs}`;
      gate.scheduler = undefined;
      await world.create(name, `${name} 0 us-east-1`);
      await world.deliver(...world.takeEvents());
      gate.scheduler = scheduler;
      await drive(scheduler, [perform(world, scheduler, name, play)]);
      gate.scheduler = undefined;
      const source = String(world.current(SOURCE_REGION, name));
      expect(world.current('us-west-2', name)).toBe(source.replaceAll('us-east-1', 'us-west-2'));
      expect(world.current('eu-west-1', name)).toBe(source);
    }),
    { numRuns: RUNS, seed: 20_261_123, endOnFailure: true },
  );
  expect(runs).toBe(RUNS);
}, 600_000);

/** Acts one after the other at moments of the schedule's choice; a worker begins on each act's event at once. */
async function perform(world: World, scheduler: Scheduler, name: string, play: readonly Act[]): Promise<void> {
  const workers: Promise<void>[] = [];
  for (const [index, act] of play.entries()) {
    await scheduler.schedule(Promise.resolve());
    await actOn(world, name, act, index + 1);
    const event = world.takeEvents().find((one) => one['detail-type'] === 'Secret Label Updated');
    if (event !== undefined) workers.push(deliverUntilDone(world, event));
  }
  await Promise.all(workers);
}

async function actOn(world: World, name: string, act: Act, index: number): Promise<void> {
  const holding = (stage: string) =>
    world.versions(SOURCE_REGION, name).find(({ stages }) => stages.includes(stage))?.id;
  const [current, previous] = [holding('AWSCURRENT'), holding('AWSPREVIOUS')];
  const value = `${name} ${index} us-east-1`;
  if (act === 'roll back' && current !== undefined && previous !== undefined) {
    await world.moveCurrent(name, current, previous);
  } else if (act === 'rotate') {
    world.clock.advance(1_000);
    world.sandbox.rotate(ACCOUNT, SOURCE_REGION, name, { string: value });
  } else {
    await world.put(name, value);
  }
}

/** As the queue does: a message that comes back is delivered again. */
async function deliverUntilDone(world: World, event: object): Promise<void> {
  for (let receive = 1; receive <= 10; receive += 1) {
    if ((await world.deliver(event)).length === 0) return;
    world.clock.advance(VISIBILITY_MS);
  }
  throw new Error('the message came back ten times');
}

/** Lets one waiting step go at a time, whenever everybody waits. */
async function drive(scheduler: Scheduler, work: readonly Promise<void>[]): Promise<void> {
  const state = { done: false };
  const finished = Promise.all(work).finally(() => {
    state.done = true;
  });
  // Handled below; a rejection must not be reported as nobody's while steps are still let go.
  finished.catch(() => undefined);
  while (!state.done) {
    await turn();
    if (scheduler.count() > 0) await scheduler.waitNext(1);
  }
  await finished;
}
