import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { context, ROOT_CONTEXT, SpanStatusCode, trace, type Context, type ContextManager } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
  type ReadableSpan,
} from '@opentelemetry/sdk-trace-base';
import { World } from '../support/world.js';

const DESTINATIONS = [
  { name: 'dr', region: 'us-west-2', transform: [{ sed: 's/us-east-1/us-west-2/' }] },
  { region: 'eu-west-1' },
];

/** What a layer registers, as small as it can be. */
class Contexts implements ContextManager {
  readonly #storage = new AsyncLocalStorage<Context>();
  active = () => this.#storage.getStore() ?? ROOT_CONTEXT;
  with: ContextManager['with'] = (given, run, self, ...args) =>
    this.#storage.run(given, () => run.call(self as ThisParameterType<typeof run>, ...args));
  bind: ContextManager['bind'] = (_context, target) => target;
  enable = () => this;
  disable = () => this;
}

describe('traces', () => {
  const exporter = new InMemorySpanExporter();

  beforeAll(() => {
    context.setGlobalContextManager(new Contexts());
    trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }));
  });

  afterAll(() => {
    trace.disable();
    context.disable();
  });

  beforeEach(() => exporter.reset());

  const spans = (name: string) => exporter.getFinishedSpans().filter((span) => span.name === name);
  const parents = (children: readonly ReadableSpan[]) =>
    new Set(children.map((span) => span.parentSpanContext?.spanId));

  async function changed(
    environment: Readonly<Record<string, string>>,
    prepare: (world: World) => void = () => undefined,
  ) {
    const world = new World({ destinations: DESTINATIONS, environment, retry: { attempts: 1 } });
    prepare(world);
    await world.create('app/db', 'host=db.us-east-1 password=hunter2');
    await world.deliver(...world.takeEvents());
    return world;
  }

  test('show event, plan, transform and each write, by names and ids', async () => {
    await changed({ TRACING: 'true' });
    const [event] = spans('event');
    const below = parents([...spans('plan'), ...spans('write')]);

    expect(event?.attributes).toEqual({ kind: 'batch', requestId: 'request-1' });
    expect(below).toEqual(new Set([event?.spanContext().spanId]));
    const where = { destination: 'dr', region: 'us-west-2', replica: 'app/db' };
    expect(spans('plan').map(({ attributes }) => attributes)).toContainEqual({ ...where, step: 'create' });
    expect(spans('transform').map(({ attributes }) => attributes)).toContainEqual({ ...where, mode: 'sed' });
    expect(spans('write').map(({ attributes }) => attributes)).toContainEqual({ ...where, step: 'create' });
    expect(spans('write')).toHaveLength(2);
    expect(JSON.stringify(exporter.getFinishedSpans().map(({ attributes }) => attributes))).not.toContain('hunter2');
  });

  test('tell a write that failed by its code', async () => {
    await changed({ TRACING: 'true' }, ({ sandbox }) =>
      sandbox.faults.add({ kind: 'throttle', operation: 'CreateSecret', region: 'eu-west-1', times: 9 }),
    );
    const failed = spans('write').filter(({ status }) => status.code === SpanStatusCode.ERROR);
    expect(failed.map(({ attributes, status }) => [attributes['destination'], status.message])).toEqual([
      ['eu-west-1', 'Throttled'],
    ]);
  });

  test('cost nothing where they are off: no span is made', async () => {
    const world = await changed({});
    expect(world.current('us-west-2', 'app/db')).toContain('us-west-2');
    expect(exporter.getFinishedSpans()).toEqual([]);
  });
});
