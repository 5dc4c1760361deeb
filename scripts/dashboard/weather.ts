import type { Sandbox } from '../../src/sandbox/sandbox.js';

/** What the network is like. */
export interface Weather {
  /** As on any day: each call takes its time, one in fifty a long one. */
  fair(): void;
  regionDown(region: string): void;
  throttled(region: string): void;
}

export function makeWeather({ faults }: Sandbox): Weather {
  const service = 'secretsmanager';
  const fair = () => {
    faults.clear();
    faults.add({ kind: 'delay', service, delayMs: 30 });
    faults.add({ kind: 'delay', service, region: 'ap-southeast-2', delayMs: 120 });
    faults.add({ kind: 'delay', service, delayMs: 700, probability: 0.02 });
  };
  fair();
  return {
    fair,
    regionDown: (region) => faults.add({ kind: 'region-down', region }),
    throttled: (region) => faults.add({ kind: 'throttle', operation: 'PutSecretValue', region, probability: 0.5 }),
  };
}
