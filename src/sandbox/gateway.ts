import type { Call, Service } from './call.js';
import type { CallLog } from './call-log.js';
import { drawUuid } from './chance.js';
import type { Fault, Faults } from './faults.js';
import { readScope, type ServiceName } from './identity.js';
import { detectProtocol } from './protocols/detect.js';
import type { Protocol, WireAnswer, WireRequest } from './protocols/protocol.js';
import type { Roles } from './roles.js';
import { ConnectionLost, ServiceError } from './service-error.js';

export interface GatewayDeps {
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly roles: Roles;
  readonly faults: Faults;
  readonly calls: CallLog;
  readonly services: Readonly<Record<ServiceName, Service>>;
}

/** Any request to any service: who asks, in which protocol, what goes wrong, what the service says. */
export class Gateway {
  constructor(private readonly deps: GatewayDeps) {}

  /** Rejects with ConnectionLost when a fault cuts the connection; every other ending is an answer. */
  async answer(request: WireRequest): Promise<WireAnswer> {
    const requestId = drawUuid(this.deps.random);
    const protocol = detectProtocol(request);
    try {
      const call = this.#read(request, protocol, requestId);
      const struck = this.deps.faults.strike({ ...call, account: call.caller.account });
      return struck.length === 0 ? this.#carryOut(call, protocol) : await this.#failing(call, protocol, struck);
    } catch (error) {
      if (error instanceof ServiceError) return protocol.encodeError(error, requestId);
      throw error;
    }
  }

  #read(request: WireRequest, protocol: Protocol, requestId: string): Call {
    const { service, region, accessKeyId } = readScope(request.headers['authorization']);
    return {
      service,
      region,
      operation: protocol.operation(request),
      caller: this.deps.roles.callerOf(accessKeyId),
      input: protocol.decode(request),
      requestId,
      userAgent: request.headers['user-agent'] ?? '',
      origin: request.origin,
      stale: false,
    };
  }

  #carryOut(call: Call, protocol: Protocol): WireAnswer {
    try {
      const output = this.deps.services[call.service](call);
      this.#log(call);
      return protocol.encode(output, call.operation, call.requestId);
    } catch (error) {
      if (error instanceof ServiceError) this.#log(call, error.code);
      throw error;
    }
  }

  async #failing(call: Call, protocol: Protocol, struck: readonly Fault[]): Promise<WireAnswer> {
    for (const { kind, delayMs = 0 } of struck) if (kind === 'delay') await this.deps.sleep(delayMs);
    const stale = struck.some(({ kind }) => kind === 'stale-read');
    const last = struck.at(-1)?.kind;
    if (last === 'throttle') throw this.#refusal(call, new ServiceError('ThrottlingException', 'Rate exceeded'));
    if (last === 'denied') throw this.#refusal(call, denied(call));
    if (last === 'error500') {
      throw this.#refusal(call, new ServiceError('InternalServiceError', 'An error occurred on the server side.', 500));
    }
    if (last === 'reset') throw this.#cut(call, 'ECONNRESET');
    if (last === 'region-down') throw this.#cut(call, 'ECONNREFUSED');
    if (last === 'lost-answer') return this.#lose(call, protocol);
    return this.#carryOut(stale ? { ...call, stale } : call, protocol);
  }

  /** Applied, then silence: also an answer that would have been a refusal is lost. */
  #lose(call: Call, protocol: Protocol): never {
    try {
      this.#carryOut(call, protocol);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
    }
    throw new ConnectionLost('ECONNRESET');
  }

  #refusal(call: Call, error: ServiceError): ServiceError {
    this.#log(call, error.code);
    return error;
  }

  #cut(call: Call, code: 'ECONNRESET' | 'ECONNREFUSED'): ConnectionLost {
    this.#log(call, code);
    return new ConnectionLost(code);
  }

  #log({ service, operation, region, caller }: Call, error?: string): void {
    this.deps.calls.add({
      service,
      operation,
      region,
      account: caller.account,
      ...(error === undefined ? {} : { error }),
    });
  }
}

function denied({ caller, service, operation }: Call): ServiceError {
  const message = `User: ${caller.arn} is not authorized to perform: ${service}:${operation}`;
  return new ServiceError('AccessDeniedException', message);
}
