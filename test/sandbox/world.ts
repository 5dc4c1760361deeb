import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { setImmediate as turn } from 'node:timers/promises';
import type { EventBridgeEvent } from '../../src/sandbox/event-bus.js';
import { Sandbox, type SandboxOptions } from '../../src/sandbox/sandbox.js';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';
export const START = Date.UTC(2026, 10, 2, 8, 15, 41);

/** The same numbers in every run. */
export function seeded(seed = 1): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

export interface World {
  readonly sandbox: Sandbox;
  readonly events: EventBridgeEvent[];
  readonly clock: { now: number };
  readonly options: {
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
    requestHandler: Sandbox['requestHandler'];
    maxAttempts: number;
  };
  readonly secrets: SecretsManagerClient;
  readonly in: (region: string) => SecretsManagerClient;
}

/** A sandbox with a clock that stands still, and every event it sent. */
export function world(more: Partial<SandboxOptions> = {}): World {
  const clock = { now: START };
  const sandbox = new Sandbox({ now: () => clock.now, random: seeded(), ...more });
  const events: EventBridgeEvent[] = [];
  sandbox.bus.subscribe((event) => events.push(event));
  const options = {
    region: REGION,
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'unused' },
    requestHandler: sandbox.requestHandler,
    maxAttempts: 1,
  };
  const at = (region: string): SecretsManagerClient => new SecretsManagerClient({ ...options, region });
  return { sandbox, events, clock, options, secrets: at(REGION), in: at };
}

/** Lets everything run that needs no time to pass. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await turn();
}
