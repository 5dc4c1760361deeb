import { compileConfig } from '../src/transform/compile-config.js';
import { ACCOUNT, LocalCloud } from '../src/cli/demonstration/local-cloud.js';
import type { EventBridgeEvent } from '../src/sandbox/event-bus.js';

export { ACCOUNT };
export const SOURCE_REGION = 'us-east-1';
const REGIONS = ['us-west-2', 'eu-west-1', 'ap-southeast-2'];

/** A configuration with that many destinations, one rule each. */
export function configFor(destinations: number): { document: object; compiled: string } {
  const document = {
    version: 1,
    source: { region: SOURCE_REGION },
    destinations: REGIONS.slice(0, destinations).map((region) => ({
      region,
      transform: [{ sed: `s/us-east-1/${region}/g` }],
    })),
  };
  return { document, compiled: JSON.stringify(document) };
}

/** The bundle on the stand-in over HTTP, its queue switched off: the benchmark hands over each event itself. */
export async function openQuietly(destinations: number): Promise<{ cloud: LocalCloud; events: EventBridgeEvent[] }> {
  const { document, compiled } = configFor(destinations);
  const { config } = compileConfig(document, () => '');
  const cloud = await LocalCloud.open({
    config,
    compiled,
    port: 0,
    onLine: () => undefined,
    // As the stack sets it.
    environment: { LOG_LEVEL: 'ERROR', OWNERSHIP_ENFORCED: 'true' },
  });
  await cloud.poller.stop();
  const events: EventBridgeEvent[] = [];
  cloud.sandbox.bus.subscribe((event) => {
    if (event.region === SOURCE_REGION) events.push(event);
  });
  return { cloud, events };
}

export function batchOf(events: readonly object[]): { Records: object[] } {
  return {
    Records: events.map((event, index) => ({
      messageId: `m${index}`,
      eventSource: 'aws:sqs',
      body: JSON.stringify(event),
    })),
  };
}
