import { HttpResponse, type HttpRequest } from '@smithy/core/protocols';
import type { HttpHandler } from '../../src/aws/client-config.js';
import { readScope } from '../../src/sandbox/identity.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { ConnectionLost } from '../../src/sandbox/service-error.js';
import type { EventClock } from './event-clock.js';

/** Lets the stand-in's faults strike calls of Secrets Manager that somebody else answers. Other services have theirs already. */
export function failing(
  { sandbox, clock }: { readonly sandbox: Sandbox; readonly clock: EventClock },
  inner: HttpHandler,
): HttpHandler {
  const handle = async (request: HttpRequest, options?: object) => {
    const { service, region } = readScope(request.headers['authorization']);
    if (service !== 'secretsmanager') return inner.handle(request, options);
    const operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
    const struck = sandbox.faults.strike({ service, region, operation, account: '' });
    for (const { kind, delayMs = 0 } of struck) if (kind === 'delay') await clock.sleep(delayMs);
    switch (struck.at(-1)?.kind) {
      case 'throttle':
        return refusal(400, 'ThrottlingException');
      case 'error500':
        return refusal(500, 'InternalServiceError');
      case 'reset':
        throw new ConnectionLost('ECONNRESET');
      case 'region-down':
        throw new ConnectionLost('ECONNREFUSED');
      case 'lost-answer':
        await inner.handle(request, options);
        throw new ConnectionLost('ECONNRESET');
      default:
        return inner.handle(request, options);
    }
  };
  return Object.assign(Object.create(inner) as HttpHandler, { handle });
}

function refusal(statusCode: number, type: string): { response: HttpResponse } {
  const headers = { 'content-type': 'application/x-amz-json-1.1' };
  return { response: new HttpResponse({ statusCode, headers, body: Buffer.from(JSON.stringify({ __type: type })) }) };
}
