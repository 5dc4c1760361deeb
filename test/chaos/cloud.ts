import type { HttpHandler } from '../../src/aws/client-config.js';
import type { EventListener } from '../../src/sandbox/event-bus.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { CURRENT, PREVIOUS, versionWithStage } from '../../src/sandbox/secrets-manager/state.js';

/** Where the secrets live; queues, metrics and faults are the stand-in's in any case. */
export interface Cloud {
  readonly account: string;
  /** For the function: everything that can go wrong does. */
  readonly requestHandler: HttpHandler;
  /** For those who change the sources: nothing goes wrong. */
  readonly quietHandler: HttpHandler;
  /** It can answer from before the last write. */
  readonly hasStaleReads: boolean;
  subscribe(listener: EventListener): void;
  rotate(name: string, value: string): Promise<void>;
  /** The versions that a rollback moves AWSCURRENT between. */
  stages(name: string): Promise<{ readonly current: string | undefined; readonly previous: string | undefined }>;
  /** What stands there now. */
  look(places: readonly { readonly region: string; readonly name: string }[]): Promise<Pick<Sandbox, 'secret'>>;
}

/** The stand-in itself. */
export function standInCloud(sandbox: Sandbox, { account, region }: { account: string; region: string }): Cloud {
  return {
    account,
    requestHandler: sandbox.requestHandler,
    quietHandler: sandbox.requestHandler,
    hasStaleReads: true,
    subscribe: (listener) => void sandbox.bus.subscribe(listener),
    rotate: async (name, string) => void sandbox.rotate(account, region, name, { string }),
    stages: async (name) => {
      const secret = sandbox.secret(account, region, name);
      const at = (stage: string) => (secret === undefined ? undefined : versionWithStage(secret, stage)?.id);
      return { current: at(CURRENT), previous: at(PREVIOUS) };
    },
    look: async () => sandbox,
  };
}
