import { describe, expect, test } from '@jest/globals';
import { DEFAULT_CIRCUIT_BREAKER } from '../../src/core/circuit-breaker.js';
import { ReplicatorError, type FailureCode } from '../../src/core/failure.js';
import { breakerFor, type Breaker } from '../../src/flow/breaker.js';
import { VirtualClock } from '../support/virtual-clock.js';

/** Makes one call that ends so; tells whether it was made and the code it ended with. */
async function call(breaker: Breaker, failure?: FailureCode): Promise<string> {
  let made = 'not made';
  const run = async () => {
    made = 'made';
    if (failure !== undefined) throw new ReplicatorError(failure, 'the call failed');
  };
  const code = await breaker.run(run).then(
    () => 'done',
    (error: ReplicatorError) => error.code,
  );
  return `${made}, ${code}`;
}

async function opened(clock: VirtualClock): Promise<Breaker> {
  const breaker = breakerFor(DEFAULT_CIRCUIT_BREAKER, clock);
  for (let failure = 1; failure <= 5; failure += 1) await call(breaker, 'Network');
  return breaker;
}

describe('the circuit breaker of a destination', () => {
  test('opens with the fifth failure in a row and then makes no call', async () => {
    const breaker = breakerFor(DEFAULT_CIRCUIT_BREAKER, new VirtualClock());
    const codes: FailureCode[] = ['Network', 'Timeout', 'ServiceError', 'DeadlineReached'];
    for (const code of codes) await expect(call(breaker, code)).resolves.toBe(`made, ${code}`);
    expect(breaker.state).toBe('closed');
    await expect(call(breaker, 'Network')).resolves.toBe('made, CircuitOpen');
    await expect(call(breaker)).resolves.toBe('not made, CircuitOpen');
    expect(breaker.state).toBe('open');
  });

  test('says how it came to that', async () => {
    const breaker = await opened(new VirtualClock());
    await expect(breaker.run(async () => undefined)).rejects.toThrow(
      'no call is made for 60 s after 5 failures in a row; the last: the call failed',
    );
  });

  test.each<FailureCode | undefined>([undefined, 'AccessDenied', 'NotFound', 'Throttled', 'LimitExceeded'])(
    'starts to count anew after an answer, also after %s',
    async (answer) => {
      const breaker = breakerFor(DEFAULT_CIRCUIT_BREAKER, new VirtualClock());
      for (let round = 1; round <= 3; round += 1) {
        for (let failure = 1; failure <= 4; failure += 1) await call(breaker, 'Network');
        await call(breaker, answer);
      }
      expect(breaker.state).toBe('closed');
    },
  );

  test('after 60 s of our clock makes one call, and closes if that is answered', async () => {
    const clock = new VirtualClock();
    const breaker = await opened(clock);
    clock.advance(59_999);
    await expect(call(breaker)).resolves.toBe('not made, CircuitOpen');
    clock.advance(1);
    await expect(call(breaker)).resolves.toBe('made, done');
    expect(breaker.state).toBe('closed');
  });

  test('stays open for another 60 s if it is not', async () => {
    const clock = new VirtualClock();
    const breaker = await opened(clock);
    clock.advance(60_000);
    await expect(call(breaker, 'Timeout')).resolves.toBe('made, CircuitOpen');
    clock.advance(59_999);
    await expect(call(breaker)).resolves.toBe('not made, CircuitOpen');
    clock.advance(1);
    await expect(call(breaker)).resolves.toBe('made, done');
  });

  test('lets one call try while the others wait for its ending', async () => {
    const clock = new VirtualClock();
    const breaker = await opened(clock);
    clock.advance(60_000);
    let made = 0;
    const failing = async () => {
      made += 1;
      throw new ReplicatorError('Network', 'the call failed');
    };
    const ended = await Promise.allSettled([1, 2, 3].map(() => breaker.run(failing)));
    expect(made).toBe(1);
    expect(ended.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  });

  test('can be switched off', async () => {
    const breaker = breakerFor({ ...DEFAULT_CIRCUIT_BREAKER, enabled: false }, new VirtualClock());
    for (let failure = 1; failure <= 9; failure += 1)
      await expect(call(breaker, 'Network')).resolves.toBe('made, Network');
    expect(breaker.state).toBe('off');
  });
});
