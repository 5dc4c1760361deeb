import type { Call, Fields } from './call.js';
import { drawUuid } from './chance.js';
import type { EventBridgeEvent } from './event-bus.js';
import { textOf } from './fields.js';
import { ServiceError } from './service-error.js';

/** Limits of one request (EventBridge API reference, PutEvents). */
const MAX_ENTRIES = 10;
const MAX_BYTES = 1_048_576;

/** Buses that people send events to, of every account and region as one. */
export class CustomBuses {
  readonly #names = new Set<string>();
  readonly #events: { readonly bus: string; readonly event: EventBridgeEvent }[] = [];

  create(name: string): void {
    this.#names.add(name);
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  add(bus: string, event: EventBridgeEvent): void {
    this.#events.push({ bus, event });
  }

  events(bus: string): readonly EventBridgeEvent[] {
    return this.#events.filter((one) => one.bus === bus).map(({ event }) => event);
  }
}

/** PutEvents with the service's limits. A refused entry is told beside those that are taken; the request succeeds. */
export function callEventBridge(buses: CustomBuses, deps: { now: number; random: () => number }, call: Call): Fields {
  if (call.operation !== 'PutEvents') {
    throw new ServiceError('UnknownOperationException', `EventBridge has no operation "${call.operation}" here.`);
  }
  const entries = (call.input['Entries'] as Fields[] | undefined) ?? [];
  if (entries.length === 0 || entries.length > MAX_ENTRIES) {
    throw new ServiceError('ValidationException', `Entries: 1 to ${MAX_ENTRIES} events.`);
  }
  if (Buffer.byteLength(JSON.stringify(entries)) > MAX_BYTES) {
    throw new ServiceError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  const answers = entries.map((entry) => putEntry(buses, deps, call, entry));
  return { FailedEntryCount: answers.filter((answer) => 'ErrorCode' in answer).length, Entries: answers };
}

function putEntry(buses: CustomBuses, deps: { now: number; random: () => number }, call: Call, entry: Fields): Fields {
  const source = textOf(entry, 'Source');
  const bus = textOf(entry, 'EventBusName').split('event-bus/').at(-1) ?? '';
  const detail = jsonObject(textOf(entry, 'Detail'));
  if (source.startsWith('aws.'))
    return { ErrorCode: 'NotAuthorizedForSourceException', ErrorMessage: 'Not authorized for the source.' };
  if (detail === undefined) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const id = drawUuid(deps.random);
  // The service takes an event for a bus that does not exist, and drops it.
  if (!buses.has(bus)) return { EventId: id };
  buses.add(bus, {
    version: '0',
    id,
    'detail-type': textOf(entry, 'DetailType'),
    source,
    account: call.caller.account,
    time: new Date(deps.now).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: call.region,
    resources: [],
    detail,
  });
  return { EventId: id };
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}
