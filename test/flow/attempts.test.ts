import { describe, expect, test } from '@jest/globals';
import type { Attempt } from '../../src/core/attempt.js';
import { DEFAULT_RETRY } from '../../src/core/config.js';
import { ReplicatorError, type FailureCode } from '../../src/core/failure.js';
import { attempts, type AttemptsDeps } from '../../src/flow/attempts.js';
import { VirtualClock } from '../support/virtual-clock.js';

const CALL = { operation: 'PutSecretValue', region: 'us-west-2' } as const;
const failing = (code: FailureCode) => new ReplicatorError(code, `PutSecretValue failed: ${code}`);

function world(given: Partial<AttemptsDeps> = {}, deadlineMs = 600_000) {
  const clock = new VirtualClock();
  const seen: Attempt[] = [];
  const controller = new AbortController();
  const deps: AttemptsDeps = {
    backoff: DEFAULT_RETRY,
    clock,
    random: () => 0.5,
    deadline: { at: clock.now() + deadlineMs, signal: controller.signal },
    onAttempt: (attempt) => seen.push(attempt),
    ...given,
  };
  return { clock, seen, deps, controller };
}

/** Fails with each code in turn, then succeeds. */
function failingFirst(...codes: FailureCode[]) {
  const left = [...codes];
  return async () => {
    const code = left.shift();
    if (code !== undefined) throw failing(code);
    return 'done';
  };
}

describe('attempts', () => {
  test('a first success is one attempt and no wait', async () => {
    const { deps, clock, seen } = world();
    await expect(attempts(deps, CALL, failingFirst())).resolves.toBe('done');
    expect(clock.sleeps).toEqual([]);
    expect(seen).toEqual([{ ...CALL, attempt: 1, failure: undefined }]);
  });

  test('passing causes are tried five times, after 2, 4, 8 and 16 seconds', async () => {
    const { deps, clock, seen } = world();
    const run = failingFirst('Throttled', 'ServiceError', 'Network', 'Timeout', 'Throttled');
    await expect(attempts(deps, CALL, run)).rejects.toMatchObject({ code: 'Throttled' });
    expect(clock.sleeps).toEqual([2_000, 4_000, 8_000, 16_000]);
    expect(seen.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5]);
  });

  test('the delay stops growing at its ceiling', async () => {
    const { deps, clock } = world({ backoff: { ...DEFAULT_RETRY, attempts: 8 } });
    await expect(attempts(deps, CALL, failingFirst(...Array<FailureCode>(8).fill('Network')))).rejects.toThrow();
    expect(clock.sleeps).toEqual([2_000, 4_000, 8_000, 16_000, 32_000, 32_000, 32_000]);
  });

  test.each([
    ['a tenth either way', 0.1 as const, 0, 1_800],
    ['a tenth either way', 0.1 as const, 0.999_999, 2_200],
    ['from nothing', 'full' as const, 0, 0],
    ['to the whole', 'full' as const, 0.999_999, 2_000],
  ])('jitter moves the delay by %s', async (_name, jitter, chance, expected) => {
    const { deps, clock } = world({ random: () => chance, backoff: { ...DEFAULT_RETRY, jitter } });
    await attempts(deps, CALL, failingFirst('Network'));
    expect(clock.sleeps).toEqual([expected]);
  });

  test.each<FailureCode>(['AccessDenied', 'NotFound', 'InvalidParameter', 'Raced', 'LimitExceeded', 'KeyUnavailable'])(
    '%s is not tried again: a moment will not mend it',
    async (code) => {
      const { deps, clock, seen } = world();
      await expect(attempts(deps, CALL, failingFirst(code))).rejects.toMatchObject({ code });
      expect(clock.sleeps).toEqual([]);
      expect(seen).toHaveLength(1);
    },
  );

  test('a defect of ours is not tried again and shows its kind, not its message', async () => {
    const { deps, seen } = world();
    const run = async () => {
      throw new TypeError('cannot read "hunter2"');
    };
    const error: unknown = await attempts(deps, CALL, run).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'Unexpected' });
    expect(String(error)).not.toContain('hunter2');
    expect(seen).toHaveLength(1);
  });

  test('a delay that would pass the deadline is not begun', async () => {
    const { deps, clock } = world({}, 5_000);
    await expect(attempts(deps, CALL, failingFirst('Network', 'Network', 'Network'))).rejects.toMatchObject({
      code: 'Network',
    });
    expect(clock.sleeps).toEqual([2_000]);
  });

  test('past the deadline nothing is begun', async () => {
    const { deps, seen } = world({}, 0);
    await expect(attempts(deps, CALL, failingFirst())).rejects.toMatchObject({ code: 'DeadlineReached' });
    expect(seen).toEqual([]);
  });

  test('what is under way when the deadline comes ends as out of time', async () => {
    const { deps, controller } = world();
    const run = (signal: AbortSignal) =>
      new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
        controller.abort();
      });
    await expect(attempts(deps, CALL, run)).rejects.toMatchObject({ code: 'DeadlineReached' });
  });

  test('what does not listen to the deadline is no longer waited for', async () => {
    const { deps, controller, seen } = world();
    const run = () => {
      controller.abort();
      return new Promise<never>(() => undefined);
    };
    await expect(attempts(deps, CALL, run)).rejects.toMatchObject({ code: 'DeadlineReached' });
    expect(seen).toMatchObject([{ failure: 'DeadlineReached' }]);
  });
});
